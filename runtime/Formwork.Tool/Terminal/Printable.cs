using System.Globalization;
using System.Text;

namespace Formwork.Tool.Terminal;

/// <summary>Texts from files, made harmless for a terminal.</summary>
internal static class Printable
{
    private const int Longest = 200;

    /// <summary>The text with control characters escaped, cut where it is very long.</summary>
    public static string Of(string text)
    {
        var printable = new StringBuilder();
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, Longest)))
        {
            if (char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                printable.Append(c);
            }
        }

        return printable.Append(text.Length > Longest ? "…" : "").ToString();
    }
}
