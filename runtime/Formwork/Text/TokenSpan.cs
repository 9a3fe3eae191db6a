namespace Formwork.Text;

/// <summary>A token and the part of a text that it came from, or that it became.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Start">Where its part begins: an index into the text as it was given, or decoded (UTF-16 units, or bytes for UTF-8 text).</param>
/// <param name="Length">
/// How long its part is, in the same units. It is 0 where the token came from no text of its own: the space put before the first
/// word, the first of two letters that one ligature was taken apart into, and all but the last of the bytes of one character.
/// </param>
public readonly record struct TokenSpan(int Id, int Start, int Length)
{
    /// <summary>Where the part ends (exclusive).</summary>
    public int End => Start + Length;

    /// <summary>The part as a range, to slice the text with.</summary>
    public Range Range => Start..End;
}
