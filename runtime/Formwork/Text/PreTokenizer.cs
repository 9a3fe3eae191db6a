using System.Globalization;
using System.Text;

namespace Formwork.Text;

/// <summary>
/// Cuts text into the words that byte-level byte-pair encoding works within, as GPT-2's regular expression does:
/// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// </summary>
/// <remarks>
/// Letters and numbers are the general categories of code points, in the version of Unicode that .NET has: a character that Unicode added later
/// counts as neither. Spaces are those with the property White_Space.
/// </remarks>
internal static class PreTokenizer
{
    /// <summary>What an alternative of the regular expression takes a run of.</summary>
    private enum CharacterClass
    {
        Letter,
        Number,
        Space,
        Other,
    }

    /// <summary>The length of the word at the start of a text.</summary>
    /// <param name="text">Well-formed UTF-8, not empty.</param>
    /// <returns>The length in bytes, at least 1.</returns>
    public static int LengthOfWord(ReadOnlySpan<byte> text)
    {
        int contraction = LengthOfContraction(text);
        if (contraction > 0)
        {
            return contraction;
        }
        int space = text[0] == (byte)' ' ? 1 : 0;
        if (space < text.Length)
        {
            CharacterClass first = ClassOf(text[space..], out _);
            if (first != CharacterClass.Space)
            {
                return space + LengthOfRun(text[space..], first);
            }
        }
        return LengthOfSpaces(text);
    }

    private static int LengthOfContraction(ReadOnlySpan<byte> text)
    {
        if (text[0] != (byte)'\'' || text.Length == 1)
        {
            return 0;
        }
        return text[1] switch
        {
            (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d' => 2,
            (byte)'r' or (byte)'v' when text.Length > 2 && text[2] == (byte)'e' => 3,
            (byte)'l' when text.Length > 2 && text[2] == (byte)'l' => 3,
            _ => 0,
        };
    }

    private static int LengthOfRun(ReadOnlySpan<byte> text, CharacterClass wanted)
    {
        int length = 0;
        while (length < text.Length && ClassOf(text[length..], out int character) == wanted)
        {
            length += character;
        }
        return length;
    }

    /// <summary>All spaces but the last, which the next word may begin with; all of them where they are one alone, or end the text.</summary>
    private static int LengthOfSpaces(ReadOnlySpan<byte> text)
    {
        int length = 0;
        int beforeLast = 0;
        while (length < text.Length && ClassOf(text[length..], out int character) == CharacterClass.Space)
        {
            beforeLast = length;
            length += character;
        }
        return length < text.Length && beforeLast > 0 ? beforeLast : length;
    }

    private static CharacterClass ClassOf(ReadOnlySpan<byte> text, out int length)
    {
        byte lead = text[0];
        if (lead < 0x80)
        {
            length = 1;
            return (uint)((lead | 0x20) - 'a') <= 'z' - 'a' ? CharacterClass.Letter
                : (uint)(lead - '0') <= 9 ? CharacterClass.Number
                : lead is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r') ? CharacterClass.Space
                : CharacterClass.Other;
        }
        Rune.DecodeFromUtf8(text, out Rune character, out length);
        return Rune.GetUnicodeCategory(character) switch
        {
            <= UnicodeCategory.OtherLetter => CharacterClass.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Number,
            _ => Rune.IsWhiteSpace(character) ? CharacterClass.Space : CharacterClass.Other,
        };
    }
}
