using System.Globalization;
using Formwork.Text.Pretrained;

namespace Formwork.Text;

/// <summary>
/// A pretrained model's own tokeniser, from the files that lie beside its weights: Marian, T5, Pegasus, BART, mBART, mBART-50, M2M100, NLLB and ByT5, with
/// the ids that Hugging Face's class of the same name gives.
/// </summary>
/// <remarks>
/// <para>Marks come from the program and never from a text: <c>&lt;/s&gt;</c>, <c>&lt;pad&gt;</c> or a language's code in a text is plain text. A text may hold
/// what its model was trained to find there: T5's sentinels <c>&lt;extra_id_0&gt;</c>, the target that a Marian source begins with (<c>&gt;&gt;fra&lt;&lt;</c>),
/// and tokens that were added without being special.</para>
/// <para>Decoded text has no marks, and of SentencePiece's no white space at its ends; it is otherwise as the tokens say: spaces before punctuation stay.</para>
/// <para>Nothing is cut to a model's length. A tokeniser does not change once made, and may be used by any number of threads at once.</para>
/// </remarks>
/// <example>
/// <code>
/// Tokenizer tokenizer = Tokenizer.FromPretrained("nllb-200-distilled-600M").WithLanguages("eng_Latn", "fra_Latn");
/// int[] source = tokenizer.Encode("Two young men are outside.");
/// GenerationOptions options = new() { ForcedStart = tokenizer.ForcedStart };
/// </code>
/// </example>
public sealed class Tokenizer : IStreamingTokenizer
{
    private readonly TokenizerParts _parts;
    private readonly ITextVocabulary _text;
    private readonly int[] _before;
    private readonly int[] _after;

    internal Tokenizer(TokenizerParts parts, string? source, string? target)
    {
        _parts = parts;
        SourceLanguage = source;
        TargetLanguage = target;
        int? sourceId = source is not null && parts.Languages.TryGetValue(source, out int id) ? id : null;
        int? targetId = target is not null && parts.Languages.TryGetValue(target, out id) ? id : null;
        _text = parts.Layout.NamesTarget && targetId is not null ? parts.TextAfterTarget ?? parts.Text : parts.Text;
        (_before, _after) = parts.Layout.Marks(parts.EndId, sourceId, targetId);
        ForcedStart = parts.Layout.ForcesTarget ? targetId : null;
    }

    /// <summary>Number of ids that the vocabulary has, language codes and added tokens included: they run from 0 to one less.</summary>
    public int VocabularySize => _parts.Names.Count;

    /// <summary>The id that ends a text.</summary>
    public int EndId => _parts.EndId;

    /// <summary>The id of padding, or −1.</summary>
    public int PadId => _parts.PadId;

    /// <summary>The id of text outside the vocabulary, or −1 where there is no such text.</summary>
    public int UnknownId => _parts.UnknownId;

    /// <summary>Ids of the languages that the model knows by their codes, such as <c>fra_Latn</c>, <c>fr_XX</c> or <c>fr</c>; empty for a model without any.</summary>
    public IReadOnlyDictionary<string, int> Languages => _parts.Languages;

    /// <summary>The code of the sources' language, or null.</summary>
    public string? SourceLanguage { get; }

    /// <summary>The code of the targets' language, or null.</summary>
    public string? TargetLanguage { get; }

    /// <summary>
    /// The only id that a target may begin with, which its language demands: <see cref="Generation.GenerationOptions.ForcedStart"/>; null for none. An
    /// mBART-25 has none, for its decoder's first input is the target's language: the model's <c>StartToken</c>.
    /// </summary>
    public int? ForcedStart { get; }

    /// <summary>Whether a target of this model has to begin with its language.</summary>
    internal bool ForcesTarget => _parts.Layout.ForcesTarget;

    /// <summary>Loads the tokeniser of a model's directory; <c>tokenizer_config.json</c>, or else <c>config.json</c>, says which kind it is.</summary>
    /// <param name="directory">The directory.</param>
    /// <exception cref="VocabularyLoadException">A file is missing or cannot be used, or the tokeniser is of a kind that is not supported.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static Tokenizer FromPretrained(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var files = new PretrainedFiles(directory);
        TokenizerParts parts = TokenizerKinds.Load(files);
        return new Tokenizer(parts, parts.DefaultSource, parts.DefaultTarget);
    }

    /// <summary>The same tokeniser for other languages; the vocabulary is shared.</summary>
    /// <param name="source">The code of the sources' language; for Marian, whose sources name only the target, any name.</param>
    /// <param name="target">The code of the targets' language.</param>
    /// <exception cref="UnknownLanguageException">The vocabulary has no such language.</exception>
    public Tokenizer WithLanguages(string source, string target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        if (!_parts.Layout.NamesTarget)
        {
            Check(source, nameof(source));
        }
        Check(target, nameof(target));
        return new Tokenizer(_parts, source, target);
    }

    /// <summary>The same tokeniser for other languages, by the generated enumeration of a model's languages.</summary>
    /// <typeparam name="TLanguage">The model's <c>Language</c>: its names are codes, its values ids.</typeparam>
    /// <param name="source">The sources' language.</param>
    /// <param name="target">The targets' language.</param>
    /// <exception cref="UnknownLanguageException">The vocabulary has no such language, or under another id: the enumeration was generated from other files.</exception>
    public Tokenizer WithLanguages<TLanguage>(TLanguage source, TLanguage target)
        where TLanguage : struct, Enum =>
        new(_parts, CodeOf(source, nameof(source)), CodeOf(target, nameof(target)));

    /// <summary>How a token is spelled in the vocabulary's files, U+2581 for a space in pieces; empty for an id that they give no token.</summary>
    /// <param name="id">The id; of the targets' vocabulary, where sources have one of their own.</param>
    public string TokenOf(int id) => (uint)id < (uint)VocabularySize ? _parts.Names.TokenOf(id) : "";

    /// <summary>Finds the id of a token by its spelling in the vocabulary's files.</summary>
    /// <param name="token">The exact spelling, with U+2581 for a space in pieces: <c>▁the</c>, <c>&lt;/s&gt;</c>, <c>fra_Latn</c>, <c>__fr__</c>, <c>&gt;&gt;fra&lt;&lt;</c>.</param>
    /// <param name="id">The id, or −1; of the sources' vocabulary, where targets have one of their own.</param>
    /// <returns>Whether there is such a token.</returns>
    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _parts.Text.TryGetId(token, out id);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model's sources name their language, and neither its files nor <see cref="WithLanguages(string, string)"/> said which it is.</exception>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        if (SourceLanguage is null && _parts.Layout.NamesSource)
        {
            throw new InvalidOperationException(
                "The model's sources name their language, and its files do not say which it is: call WithLanguages, for example with the codes "
                + $"{string.Join(", ", _parts.Languages.Keys.Order(StringComparer.Ordinal).Take(4))}.");
        }
        var ids = new List<int>(_before.Length + _after.Length + (text.Length / 2));
        ids.AddRange(_before);
        _text.Encode(text, ids);
        ids.AddRange(_after);
        return [.. ids];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => _parts.Text.Decode(ids);

    /// <summary>
    /// Makes a decoder that is given a target's ids one by one and tells what text each adds. It takes any id, and together its parts are what
    /// <see cref="Decode"/> gives.
    /// </summary>
    public StreamingDecoder CreateStreamingDecoder() => _parts.Text.CreateStreamingDecoder();

    private string CodeOf<TLanguage>(TLanguage language, string parameter)
        where TLanguage : struct, Enum
    {
        string type = typeof(TLanguage).Name;
        string name = Enum.GetName(language) ?? throw new UnknownLanguageException(
            $"{language}", $"{language} is no member of the enumeration '{type}'.", parameter);
        if (!_parts.Languages.TryGetValue(name, out int id))
        {
            throw Unknown(name, parameter, $" The enumeration '{type}' was generated from another model's files.");
        }
        long value = ((IConvertible)language).ToInt64(CultureInfo.InvariantCulture);
        return value == id ? name : throw new UnknownLanguageException(
            name, $"{type}.{name} is {value}, but the vocabulary has it as {id}: the enumeration was generated from another model's files.", parameter);
    }

    private void Check(string code, string parameter)
    {
        if (!_parts.Languages.ContainsKey(code))
        {
            throw Unknown(code, parameter, "");
        }
    }

    private UnknownLanguageException Unknown(string language, string parameter, string advice)
    {
        const int Shown = 12;
        string[] codes = [.. _parts.Languages.Keys.Order(StringComparer.Ordinal)];
        string known = codes.Length == 0
            ? "it knows no languages by codes"
            : $"it has {string.Join(", ", codes.Take(Shown))}{(codes.Length > Shown ? $" and {codes.Length - Shown} more" : "")}";
        return new UnknownLanguageException(language, $"The vocabulary has no language {Quoted.Of(language)}: {known}.{advice}", parameter);
    }
}
