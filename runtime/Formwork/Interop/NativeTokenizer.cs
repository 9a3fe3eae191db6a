using Formwork.Text;

namespace Formwork.Interop;

/// <summary>The tokenisers of a model's two sides, and what the source has around its pieces.</summary>
internal sealed class NativeTokenizer
{
    /// <summary>The id that stands for no token.</summary>
    private const int NoToken = -1;

    /// <summary>Checks that tokenisers and model belong together.</summary>
    /// <param name="source">Cuts texts into pieces.</param>
    /// <param name="target">Joins pieces to texts.</param>
    /// <param name="before">The id before the pieces of a source, or <see cref="NoToken"/>.</param>
    /// <param name="after">The id after them, or <see cref="NoToken"/>.</param>
    /// <param name="shape">The model's sizes.</param>
    /// <exception cref="NativeException">They do not.</exception>
    public NativeTokenizer(SentencePieceModel source, SentencePieceModel target, int before, int after, NativeShape shape)
    {
        CheckSize(source, shape.SourceVocabSize, "source");
        CheckSize(target, shape.TargetVocabSize, "target");
        CheckMark(before, shape, "before");
        CheckMark(after, shape, "after");
        Source = source;
        Target = target;
        Before = before;
        After = after;
    }

    /// <summary>Joins pieces to texts.</summary>
    public SentencePieceModel Target { get; }

    private SentencePieceModel Source { get; }

    private int Before { get; }

    private int After { get; }

    /// <summary>The source of a text.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="source">Receives the ids.</param>
    /// <param name="shape">The model's sizes.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="NativeException">They are too many.</exception>
    public int Encode(ReadOnlySpan<byte> text, Span<int> source, NativeShape shape)
    {
        int length = 0;
        if (Before != NoToken)
        {
            source[length++] = Before;
        }

        int room = Math.Max(0, shape.SourceLength - length - (After == NoToken ? 0 : 1));
        Source.TryEncode(text, source.Slice(length, room), out int pieces);
        length += pieces + (After == NoToken ? 0 : 1);
        NativeSource.CheckLength(length, shape, "The text");
        if (After != NoToken)
        {
            source[length - 1] = After;
        }

        return length;
    }

    // A model may have more ids than the tokeniser has pieces, which round its vocabulary up; the other way round they cannot fit.
    private static void CheckSize(SentencePieceModel tokenizer, int vocabulary, string side)
    {
        if (tokenizer.PieceCount > vocabulary)
        {
            throw new NativeException(
                NativeStatus.Vocabulary, $"The {side} tokeniser has {tokenizer.PieceCount} pieces, but the model has {vocabulary} {side} ids: they do not belong together.");
        }
    }

    private static void CheckMark(int token, NativeShape shape, string name)
    {
        if (token != NoToken && (uint)token >= (uint)shape.SourceVocabSize)
        {
            throw NativeException.Argument($"{name} is {token}: it is a source id between 0 and {shape.SourceVocabSize - 1}, or {NoToken} for none.");
        }
    }
}
