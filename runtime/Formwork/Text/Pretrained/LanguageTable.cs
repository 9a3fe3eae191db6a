using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>Makes the table of a vocabulary's languages and finds the one that the settings name.</summary>
internal static class LanguageTable
{
    /// <summary>Ids of codes whose tokens are in a table.</summary>
    /// <param name="codes">The codes; one may come twice.</param>
    /// <param name="table">The table.</param>
    /// <param name="tokenOf">How a code's token is spelled.</param>
    public static FrozenDictionary<string, int> Of(IEnumerable<string> codes, ModelTokens table, Func<string, string> tokenOf)
    {
        var languages = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string code in codes)
        {
            if (table.Ids.TryGetValue(tokenOf(code), out int id))
            {
                languages[code] = id;
            }
        }
        return languages.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The language that a setting names, or the class's default where the vocabulary has that.</summary>
    /// <exception cref="VocabularyLoadException">The setting names a language that the vocabulary does not have.</exception>
    public static string? Named(PretrainedFiles files, string key, FrozenDictionary<string, int> languages, string? byDefault)
    {
        string? code = files.Config.Text(key);
        if (code is null)
        {
            return byDefault is not null && languages.ContainsKey(byDefault) ? byDefault : null;
        }
        return languages.ContainsKey(code) ? code : throw new VocabularyLoadException(
            VocabularyLoadError.UnknownLanguage, -1, $"one of the vocabulary's {languages.Count} languages as '{key}'", Quoted.Of(code),
            "The files are of different models; fetch them together.")
        {
            FileName = files.PathOf(PretrainedFiles.TokenizerConfig),
        };
    }
}
