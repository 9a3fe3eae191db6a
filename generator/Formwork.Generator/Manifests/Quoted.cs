using System.Globalization;
using System.Text;

namespace Formwork.Generator.Manifests;

/// <summary>Puts text of a file into messages.</summary>
internal static class Quoted
{
    private const int Longest = 120;

    /// <summary>A name in quotes, with nothing in it that could disturb a terminal or flood a log.</summary>
    public static string Name(string name)
    {
        var text = new StringBuilder("'");
        foreach (char character in name.Take(Longest))
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
            {
                text.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character);
            }
        }

        return text.Append(name.Length > Longest ? "…'" : "'").ToString();
    }
}
