using System.Globalization;
using System.Text;

namespace Formwork.Text;

/// <summary>Text taken from a file, in quotes, with nothing in it that could disturb a terminal or flood a log.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    public static string Of(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, Longest) + 2).Append('\'');
        foreach (char character in text[..Math.Min(text.Length, Longest)])
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                quoted.Append(character);
            }
        }
        return quoted.Append(text.Length > Longest ? "…'" : "'").ToString();
    }
}
