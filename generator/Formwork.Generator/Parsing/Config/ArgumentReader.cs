using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>Reads arguments of <c>generate</c> out of a file. What holds something else than it should is reported where it stands, and counts as absent.</summary>
/// <param name="document">The file.</param>
/// <param name="ignored">Fields that count as absent.</param>
/// <param name="vocabulary">Number of target ids.</param>
/// <param name="diagnostics">Receives FW0107.</param>
internal sealed class ArgumentReader(ConfigDocument document, IReadOnlyList<string> ignored, int vocabulary, List<DiagnosticInfo> diagnostics)
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Whether a field was reported.</summary>
    public bool IsRefused(string name) => _refused.Contains(name);

    /// <summary>A field's value as it stands; null where it is absent.</summary>
    public JsonValue? Find(string name) => ignored.Contains(name) ? null : document.Find(name);

    /// <summary>A whole number.</summary>
    public int? Number(string name, int least) => Find(name) is not { } value ? null
        : Whole(value) is { } number && number >= least ? number
        : Refuse<int>(name, value, $"a whole number from {Text(least)} was expected");

    /// <summary>A finite number within bounds.</summary>
    public float? Fraction(string name, Func<float, bool> isAllowed, string expected) => Find(name) is not { } value ? null
        : value.Kind == JsonKind.Number && float.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            && !float.IsInfinity(number) && isAllowed(number) ? number
        : Refuse<float>(name, value, expected + " was expected");

    /// <summary>True or false; false where it is absent.</summary>
    public bool Flag(string name) => Find(name) is { } value
        && (value.Kind is JsonKind.True or JsonKind.False ? value.Kind == JsonKind.True : Refuse<bool>(name, value, "true or false was expected") is not null);

    /// <summary>A token id, or a list of exactly one.</summary>
    public int? Id(string name) => Find(name) is not { } value ? null
        : Token(value is { Kind: JsonKind.Array, Items.Count: 1 } ? value.Items[0] : value) is { } id ? id
        : Refuse<int>(name, value, "one id" + Bounds);

    /// <summary>A list of token ids; empty where it is absent.</summary>
    public int[] Ids(string name) => Find(name) is { } value ? Tokens(name, value, "a list of ids" + Bounds) ?? [] : [];

    /// <summary>A list of lists of token ids, none of them empty; empty where it is absent.</summary>
    public int[][] Sequences(string name)
    {
        string expected = "a list of lists of ids" + Bounds + ", none of them empty";
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.Kind != JsonKind.Array)
        {
            _ = Refuse<int>(name, value, expected);
            return [];
        }

        var sequences = new List<int[]>();
        foreach (JsonValue item in value.Items)
        {
            if (Tokens(name, item, expected) is not { } ids)
            {
                return [];
            }

            if (ids.Length == 0)
            {
                _ = Refuse<int>(name, item, expected);
                return [];
            }

            sequences.Add(ids);
        }

        return [.. sequences];
    }

    /// <summary>Reports a value that cannot be followed.</summary>
    public void Refuse(string name, string why)
    {
        if (Find(name) is { } value)
        {
            _ = Refuse<int>(name, value, why);
        }
    }

    private string Bounds => $" between 0 and {Text(vocabulary - 1)} was expected";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(JsonValue value) =>
        value.Kind == JsonKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : (int?)null;

    private int? Token(JsonValue value) => Whole(value) is { } id && id >= 0 && id < vocabulary ? id : (int?)null;

    private int[]? Tokens(string name, JsonValue value, string expected)
    {
        if ((value.Kind == JsonKind.Array ? value.Items.FirstOrDefault(item => Token(item) is null) : value) is { } wrong)
        {
            _ = Refuse<int>(name, wrong, expected);
            return null;
        }

        return [.. value.Items.Select(item => Token(item)!.Value)];
    }

    private T? Refuse<T>(string name, JsonValue value, string why)
        where T : struct
    {
        _refused.Add(name);
        diagnostics.Add(document.Refusal(value, $"{name} = {JsonText.Short(value)}", why));
        return null;
    }
}
