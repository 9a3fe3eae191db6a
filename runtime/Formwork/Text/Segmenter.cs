namespace Formwork.Text;

/// <summary>Cuts text in normal form into pieces; the one thing that model types differ in.</summary>
internal abstract class Segmenter
{
    protected Segmenter(Vocabulary vocabulary)
    {
        Vocabulary = vocabulary;
    }

    protected Vocabulary Vocabulary { get; }

    /// <summary>
    /// Appends tokens that cover <paramref name="text"/> in order without a gap. What is outside the vocabulary is one unknown token
    /// for each step of the algorithm; <see cref="UnknownTokens"/> deals with those.
    /// </summary>
    public abstract void Segment(scoped ReadOnlySpan<byte> text, ref PooledList<Token> tokens);
}
