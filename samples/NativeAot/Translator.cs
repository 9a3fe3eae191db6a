using System.Text;
using Formwork.Text;

namespace NativeAot;

/// <summary>English in, French out: pieces, end token, model, pieces, text.</summary>
internal sealed class Translator : IDisposable
{
    private readonly EnglishToFrench _model = EnglishToFrench.Load();
    private readonly SentencePieceModel _pieces = LoadPieces();
    private readonly int[] _source = new int[EnglishToFrench.SourceLength];
    private readonly int[] _target = new int[EnglishToFrench.TargetLength];

    /// <summary>Translates a sentence.</summary>
    /// <returns>The French, nothing where there is no English, and a line feed in UTF-8.</returns>
    /// <exception cref="InputException">The sentence is too long.</exception>
    public byte[] Translate(string sentence)
    {
        int length = Generate(sentence, _target);
        if (length > 0 && _target[length - 1] == EnglishToFrench.EndToken)
        {
            length--;
        }

        return Encoding.UTF8.GetBytes(_pieces.Decode(_target.AsSpan(0, length)) + "\n");
    }

    /// <summary>Encodes a sentence and decodes the first token of its translation.</summary>
    public void FirstToken(string sentence) => Generate(sentence, _target.AsSpan(0, 1));

    public void Dispose() => _model.Dispose();

    private int Generate(string sentence, Span<int> target)
    {
        if (string.IsNullOrWhiteSpace(sentence))
        {
            return 0;
        }

        // The tokeniser adds nothing by itself; this family wants the end token after the source.
        if (!_pieces.TryEncode(sentence, _source.AsSpan(..^1), out int length))
        {
            throw new InputException($"a sentence has {length} pieces, and the model reads {_source.Length - 1}: divide it");
        }

        _source[length] = EnglishToFrench.EndToken;
        return _model.Generate(_source.AsSpan(0, length + 1), target);
    }

    private static SentencePieceModel LoadPieces()
    {
        using Stream resource = typeof(Translator).Assembly.GetManifestResourceStream("sentencepiece.model")!;
        return SentencePieceModel.FromStream(resource);
    }
}
