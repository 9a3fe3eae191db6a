using System.Buffers;
using System.Text;

namespace Formwork.Text;

/// <summary>The two views of UTF-8 that segmentation needs: by lead byte alone, and strict.</summary>
internal static class Utf8
{
    /// <summary>U+2581, which stands for a space inside pieces.</summary>
    public static ReadOnlySpan<byte> SpaceSymbol => [0xE2, 0x96, 0x81];

    /// <summary>U+FFFD, which stands for a byte that is not UTF-8.</summary>
    public static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>Appends text in UTF-16 as UTF-8; a surrogate without its partner becomes U+FFFD.</summary>
    /// <exception cref="ArgumentException">The text is too long.</exception>
    public static void Append(ReadOnlySpan<char> text, ref PooledList<byte> utf8)
    {
        // A UTF-16 unit becomes at most three bytes, a surrogate without its partner the three of U+FFFD.
        const int LongestText = int.MaxValue / 3;
        if (text.Length > LongestText)
        {
            throw new ArgumentException("The text is too long to be tokenised at once; give it in parts.");
        }
        int before = utf8.Length;
        Span<byte> space = utf8.Extend(text.Length * 3);
        System.Text.Unicode.Utf8.FromUtf16(text, space, out _, out int written);
        utf8.Truncate(before + written);
    }

    /// <summary>
    /// Turns UTF-8 into UTF-16. Bytes that are part of no character become <paramref name="replacement"/>, once for each run that could have begun
    /// one (the Unicode standard's "maximal subpart"), as in Python's <c>bytes.decode</c>. Nothing is allocated for them, unlike in .NET's decoders.
    /// </summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="text">Receives the text; as many units as there are bytes are enough.</param>
    /// <param name="replacement">At most one unit.</param>
    /// <param name="isEnd">Whether nothing follows; otherwise an incomplete character at the end is not read.</param>
    /// <param name="read">The number of bytes that became text.</param>
    /// <returns>The number of units written.</returns>
    public static int ToUtf16(ReadOnlySpan<byte> utf8, Span<char> text, ReadOnlySpan<char> replacement, bool isEnd, out int read)
    {
        int written = 0;
        read = 0;
        while (true)
        {
            OperationStatus status = System.Text.Unicode.Utf8.ToUtf16(
                utf8[read..], text[written..], out int bytes, out int units, replaceInvalidSequences: false, isFinalBlock: isEnd);
            read += bytes;
            written += units;
            if (status != OperationStatus.InvalidData)
            {
                return written;
            }
            Rune.DecodeFromUtf8(utf8[read..], out _, out bytes);
            read += bytes;
            replacement.CopyTo(text[written..]);
            written += replacement.Length;
        }
    }

    /// <summary>Whether all of <paramref name="text"/> is well formed.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text);

    /// <summary>
    /// The length of the character at the start of <paramref name="text"/> by its lead byte alone, cut at the end of the text.
    /// Segmentation steps this way, as the reference does, so that even damaged text moves forward identically.
    /// </summary>
    public static int LengthByLead(ReadOnlySpan<byte> text)
    {
        int length = text[0] switch
        {
            < 0xC0 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };
        return Math.Min(length, text.Length);
    }

    /// <summary>
    /// Whether <paramref name="text"/> starts with a well-formed character; <paramref name="length"/> is its length, or 1 if it is not.
    /// </summary>
    public static bool StartsWellFormed(ReadOnlySpan<byte> text, out int length)
    {
        if (text[0] < 0x80)
        {
            length = 1;
            return true;
        }
        if (Rune.DecodeFromUtf8(text, out _, out length) == OperationStatus.Done)
        {
            return true;
        }
        // .NET skips the longest ill-formed prefix; the reference skips one byte, which decides how many U+FFFD there are.
        length = 1;
        return false;
    }
}
