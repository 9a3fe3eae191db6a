namespace Formwork.Text;

/// <summary>A pretrained model's own tokeniser, from the files that lie beside its weights.</summary>
public sealed class Tokenizer : ITokenizer
{
    /// <summary>Number of ids that the vocabulary has, language codes and added tokens included: they run from 0 to one less.</summary>
    public int VocabularySize => throw new NotImplementedException();

    /// <summary>The id that ends a text.</summary>
    public int EndId => throw new NotImplementedException();

    /// <summary>The id of padding, or −1.</summary>
    public int PadId => throw new NotImplementedException();

    /// <summary>The id of text outside the vocabulary, or −1 where there is no such text.</summary>
    public int UnknownId => throw new NotImplementedException();

    /// <summary>Ids of the languages that the model knows by their codes, such as <c>fra_Latn</c>, <c>fr_XX</c> or <c>fr</c>; empty for a model without any.</summary>
    public IReadOnlyDictionary<string, int> Languages => throw new NotImplementedException();

    /// <summary>The code of the sources' language, or null.</summary>
    public string? SourceLanguage => throw new NotImplementedException();

    /// <summary>The code of the targets' language, or null.</summary>
    public string? TargetLanguage => throw new NotImplementedException();

    /// <summary>The only id that a target may begin with, which its language demands: <see cref="Generation.GenerationOptions.ForcedStart"/>; null for none.</summary>
    public int? ForcedStart => throw new NotImplementedException();

    /// <summary>Loads the tokeniser of a model's directory; <c>tokenizer_config.json</c>, or else <c>config.json</c>, says which kind it is.</summary>
    /// <param name="directory">The directory.</param>
    public static Tokenizer FromPretrained(string directory) => throw new NotImplementedException();

    /// <summary>The same tokeniser for other languages; the vocabulary is shared.</summary>
    /// <param name="source">The code of the sources' language.</param>
    /// <param name="target">The code of the targets' language.</param>
    public Tokenizer WithLanguages(string source, string target) => throw new NotImplementedException();

    /// <summary>The same tokeniser for other languages, by the generated enumeration of a model's languages.</summary>
    /// <typeparam name="TLanguage">The model's <c>Language</c>: its names are codes, its values ids.</typeparam>
    /// <param name="source">The sources' language.</param>
    /// <param name="target">The targets' language.</param>
    public Tokenizer WithLanguages<TLanguage>(TLanguage source, TLanguage target)
        where TLanguage : struct, Enum => throw new NotImplementedException();

    /// <inheritdoc/>
    public int[] Encode(ReadOnlySpan<char> text) => throw new NotImplementedException();

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => throw new NotImplementedException();

    /// <summary>Makes a decoder that is given a target's ids one by one and tells what text each adds.</summary>
    public StreamingDecoder CreateStreamingDecoder() => throw new NotImplementedException();
}
