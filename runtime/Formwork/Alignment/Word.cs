namespace Formwork.Alignment;

/// <summary>A word of a text, and the tokens that a model sees it as.</summary>
/// <param name="Start">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">How many units it has, without the space around it.</param>
/// <param name="FirstToken">The index of its first token.</param>
/// <param name="TokenCount">How many tokens it has; at least one.</param>
public readonly record struct Word(int Start, int Length, int FirstToken, int TokenCount)
{
    /// <summary>The word in the text, to slice the text with.</summary>
    public Range Range => Start..(Start + Length);

    /// <summary>The index behind its last token.</summary>
    public int EndToken => FirstToken + TokenCount;
}
