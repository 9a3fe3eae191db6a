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
