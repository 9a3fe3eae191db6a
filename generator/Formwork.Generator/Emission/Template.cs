using System.Text.RegularExpressions;

namespace Formwork.Generator.Emission;

/// <summary>Fills words of a text in one pass, so that what is filled in, which a user may have named, is not searched again.</summary>
internal static class Template
{
    /// <summary>Replaces each word by its value.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        // The longest first, since a word may begin another.
        IEnumerable<string> words = values.Keys.OrderByDescending(static word => word.Length).ThenBy(static word => word, StringComparer.Ordinal);
        return Regex.Replace(text, string.Join("|", words), match => values[match.Value], RegexOptions.CultureInvariant);
    }
}
