using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Translate.Attention;

/// <summary>Makes any text fit to be a label: nothing that moves a cursor, turns the direction of writing or breaks XML.</summary>
internal static class Label
{
    private const string Empty = "␣";

    /// <summary>Replaces what cannot be shown.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.Trim().EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                    clean.Append('·');
                    break;
                case UnicodeCategory.Format:
                    break;
                default:
                    clean.Append(IsVariationSelector(rune) ? "" : rune.ToString());
                    break;
            }
        }

        return clean.Length == 0 ? Empty : clean.ToString();
    }

    /// <summary>How many columns of a terminal a label takes.</summary>
    public static int Width(string label) => new Segment(label).CellCount();

    /// <summary>Shortens a label to a number of columns, with an ellipsis where something is cut.</summary>
    public static string Shorten(string label, int width)
    {
        if (Width(label) <= width)
        {
            return label;
        }

        var kept = new StringBuilder();
        foreach (string element in Elements(label))
        {
            if (Width(kept.ToString()) + Width(element) >= width)
            {
                break;
            }

            kept.Append(element);
        }

        return kept.Append('…').ToString();
    }

    /// <summary>Fills a label with spaces to a number of columns.</summary>
    public static string PadRight(string label, int width) => label + Spaces(width - Width(label));

    /// <summary>The characters of a label, each with the marks on it.</summary>
    public static IEnumerable<string> Elements(string label)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(label);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }

    private static string Spaces(int count) => new(' ', Math.Max(0, count));

    // They ask for an emoji's coloured form, which is wider than terminals agree on.
    private static bool IsVariationSelector(Rune rune) => rune.Value is >= 0xFE00 and <= 0xFE0F;
}
