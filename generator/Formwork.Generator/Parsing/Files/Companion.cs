using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing.Files;

/// <summary>The files that a checkpoint keeps beside its <c>config.json</c>. They are looked at where they are additional files too, and not asked for.</summary>
internal static class Companion
{
    /// <summary>Arguments of <c>generate</c>, and ids with a meaning.</summary>
    public const string Generation = "generation_config.json";

    /// <summary>What kind of tokeniser it is, and the ids of added tokens.</summary>
    public const string Tokenizer = "tokenizer_config.json";

    /// <summary>Ids of added tokens, in older checkpoints.</summary>
    public const string AddedTokens = "added_tokens.json";

    /// <summary>Tokens with a meaning, without ids.</summary>
    public const string SpecialTokens = "special_tokens_map.json";

    /// <summary>Marian's ids.</summary>
    public const string Vocabulary = "vocab.json";

    private static readonly string[] Names = [Generation, Tokenizer, AddedTokens, SpecialTokens, Vocabulary];

    /// <summary>The names of all companions of a configuration file.</summary>
    /// <param name="config">Its name, as a declaration gives it.</param>
    public static IEnumerable<string> Of(string config) => Names.Select(name => Beside(config, name));

    /// <summary>Finds a companion; null where it is no additional file, or, which is reported, cannot be read.</summary>
    /// <param name="name">The companion's name.</param>
    /// <param name="config">The configuration file.</param>
    /// <param name="files">All files that declarations name, and their companions.</param>
    /// <param name="diagnostics">Receives FW0201 where the file cannot be read.</param>
    /// <param name="location">Where the declaration names the configuration file.</param>
    public static NamedFile? Find(string name, NamedFile config, EquatableArray<NamedFile> files, List<DiagnosticInfo> diagnostics, LocationInfo? location)
    {
        string path = Beside(config.Path, name).Replace('\\', '/');
        NamedFile? found = files.FirstOrDefault(file => file.Path.Replace('\\', '/') == path);
        if (found is { Text: null })
        {
            diagnostics.Add(new("FW0201", new([name, "the compiler could not read it"]), location));
            return null;
        }

        return found;
    }

    private static string Beside(string config, string name) => config.Substring(0, config.LastIndexOfAny(['/', '\\']) + 1) + name;
}
