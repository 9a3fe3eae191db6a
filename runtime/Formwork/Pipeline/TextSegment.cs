namespace Formwork.Pipeline;

/// <summary>A stretch of a text: a sentence, or what stands between sentences and stays as it is.</summary>
/// <param name="Start">The place of its first UTF-16 unit.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="IsSentence">Whether it is a sentence.</param>
public readonly record struct TextSegment(int Start, int Length, bool IsSentence)
{
    /// <summary>The place behind its last UTF-16 unit.</summary>
    public int End => Start + Length;
}
