using System.Text;

namespace Formwork.Generator.Parsing.Json;

/// <summary>Writes JSON values back, for comparing and for messages.</summary>
internal static class JsonText
{
    private const int MostShown = 40;

    /// <summary>The value without spaces.</summary>
    public static string Compact(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.True => "true",
        JsonKind.False => "false",
        JsonKind.Number => value.Text,
        JsonKind.String => $"\"{value.Text}\"",
        JsonKind.Array => $"[{string.Join(",", value.Items.Select(Compact))}]",
        _ => $"{{{string.Join(",", value.Members.Select(static member => $"\"{member.Name}\":{Compact(member.Value)}"))}}}",
    };

    /// <summary>The value for a message: one line, not too long.</summary>
    public static string Short(JsonValue value)
    {
        string text = Printable(Compact(value));
        return text.Length <= MostShown ? text : text.Substring(0, MostShown - 1) + "…";
    }

    /// <summary>A text in which nothing can break a line.</summary>
    public static string Printable(string text) => text
        .Aggregate(new StringBuilder(), static (printed, character) => printed.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? '?' : character))
        .ToString();
}
