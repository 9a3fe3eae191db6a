namespace Formwork.Generator.Parsing.Json;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// <summary>One JSON value with its place in the text, so that a message can point at it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its characters.</param>
/// <param name="Text">A string's value, unescaped; a number as it is written.</param>
/// <param name="Items">An array's values.</param>
/// <param name="Members">An object's members, in the order of the text.</param>
internal sealed record JsonValue(JsonKind Kind, int Start, int Length, string Text, IReadOnlyList<JsonValue> Items, IReadOnlyList<JsonMember> Members)
{
    /// <summary>A value that holds no others.</summary>
    public static JsonValue Plain(JsonKind kind, int start, int length, string text) => new(kind, start, length, text, [], []);
}

/// <summary>One member of a JSON object.</summary>
internal sealed record JsonMember(string Name, JsonValue Value);
