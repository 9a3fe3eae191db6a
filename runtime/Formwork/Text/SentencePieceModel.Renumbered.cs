namespace Formwork.Text;

/// <summary>What a vocabulary needs that numbers a model's pieces in its own way.</summary>
public sealed partial class SentencePieceModel
{
    /// <summary>The model that cuts as <paramref name="other"/> does, but puts no space before the first word.</summary>
    private SentencePieceModel(SentencePieceModel other)
    {
        _vocabulary = other._vocabulary;
        _segmenter = other._segmenter;
        _detokenizer = other._detokenizer;
        _byteIds = other._byteIds;
        _spaceAsSuffix = other._spaceAsSuffix;
        NormalizerSettings settings = other._normalizerSettings;
        _normalizerSettings = new NormalizerSettings
        {
            Map = settings.Map,
            AddDummyPrefix = false,
            RemoveExtraWhitespaces = settings.RemoveExtraWhitespaces,
            EscapeWhitespaces = settings.EscapeWhitespaces,
        };
        _normalizer = new Normalizer(_normalizerSettings, _vocabulary.UserDefined, _spaceAsSuffix);
        (BeginId, EndId, PadId) = (other.BeginId, other.EndId, other.PadId);
    }

    /// <summary>Joins the model's pieces.</summary>
    internal Detokenizer Joiner => _detokenizer;

    /// <summary>A model that shares everything with this one and puts no space before the first word; it decodes as this one.</summary>
    internal SentencePieceModel WithoutDummyPrefix() => new(this);

    /// <summary>Appends the tokens of a text, numbered in another way.</summary>
    /// <param name="text">The text.</param>
    /// <param name="numbers">The number of every piece.</param>
    /// <param name="unknowns">
    /// Where the spelling of text that is no piece may have a number yet, which a vocabulary with numbers of its own allows; null for nowhere.
    /// </param>
    /// <param name="output">Receives the numbers.</param>
    internal void Encode(ReadOnlySpan<char> text, ReadOnlySpan<int> numbers, IUnknownNumbers? unknowns, List<int> output)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        var normal = new NormalizedText(stackalloc byte[StackBytes], tracksOrigins: false);
        var tokens = new PooledList<Token>(stackalloc Token[StackTokens]);
        Utf8.Append(text, ref utf8);
        _normalizer.Normalize(utf8.Items, ref normal);
        Cut(normal.Bytes, ref tokens);
        output.EnsureCapacity(output.Count + tokens.Length);
        foreach (Token token in tokens.Items)
        {
            output.Add(token.Id == UnknownId && unknowns is not null
                ? unknowns.NumberOf(normal.Bytes[token.Start..token.End])
                : numbers[token.Id]);
        }
        tokens.Dispose();
        normal.Dispose();
        utf8.Dispose();
    }

    /// <summary>Numbers of text that is no piece of a model.</summary>
    internal interface IUnknownNumbers
    {
        /// <summary>The number of a part of a text.</summary>
        /// <param name="spelling">UTF-8, in the model's normal form.</param>
        int NumberOf(ReadOnlySpan<byte> spelling);
    }
}
