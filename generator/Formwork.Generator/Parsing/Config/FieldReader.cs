using System.Globalization;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>Reads a field's value as the option that it sets.</summary>
internal static class FieldReader
{
    /// <summary>Hugging Face's names (<c>transformers</c>, <c>activations.py</c>).</summary>
    private static readonly Dictionary<string, ActivationFunction> Activations = new(StringComparer.Ordinal)
    {
        ["relu"] = ActivationFunction.Relu,
        ["gelu"] = ActivationFunction.GeluErf,
        ["gelu_python"] = ActivationFunction.GeluErf,
        ["gelu_new"] = ActivationFunction.GeluTanh,
        ["gelu_pytorch_tanh"] = ActivationFunction.GeluTanh,
        ["silu"] = ActivationFunction.Silu,
        ["swish"] = ActivationFunction.Silu,
    };

    /// <summary>The value of an option; null where the field holds something else.</summary>
    /// <param name="kind">How the field is read.</param>
    /// <param name="option">The option, since some fields say two things.</param>
    /// <param name="value">The field's value.</param>
    public static object? Read(FieldKind kind, string option, JsonValue value) => kind switch
    {
        FieldKind.FeedForward => FeedForward(option, value),
        FieldKind.Fraction => value.Kind == JsonKind.Number && float.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out float fraction) ? fraction : null,

        // M2M100 counts positions from behind the padding's.
        FieldKind.Id when option == "PositionOffset" => Id(value) is { } id && id < int.MaxValue ? id + 1 : null,
        FieldKind.Id => Id(value),
        FieldKind.Number => Number(value),
        FieldKind.Flag => value.Kind switch { JsonKind.True => true, JsonKind.False => false, _ => null },
        _ => value.Kind == JsonKind.String && Activations.TryGetValue(value.Text, out ActivationFunction activation) ? (int)activation : null,
    };

    /// <summary>What a field must hold.</summary>
    public static string Expected(FieldKind kind) => kind switch
    {
        FieldKind.Number => "a whole number was expected",
        FieldKind.Id => "one token id was expected",
        FieldKind.Flag => "true or false was expected",
        FieldKind.Fraction => "a number was expected",
        FieldKind.FeedForward => "an activation was expected, or gated- and one; those that are generated are " + string.Join(", ", Activations.Keys),
        _ => "the activations that are generated are " + string.Join(", ", Activations.Keys),
    };

    /// <summary>An option's value as it is written in C#.</summary>
    public static string Display(FieldKind kind, object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        float fraction => fraction.ToString("R", CultureInfo.InvariantCulture) + "f",
        int number when kind is FieldKind.Activation or FieldKind.FeedForward => $"ActivationFunction.{(ActivationFunction)number}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static object? FeedForward(string option, JsonValue value)
    {
        const string Gated = "gated-";
        bool isGated = value.Text.StartsWith(Gated, StringComparison.Ordinal);
        string name = isGated ? value.Text.Substring(Gated.Length) : value.Text;

        // Hugging Face means the approximation here, and only here.
        if (value.Kind != JsonKind.String || !Activations.TryGetValue(isGated && name == "gelu" ? "gelu_new" : name, out ActivationFunction activation))
        {
            return null;
        }

        return option == "Activation" ? (int)activation : isGated;
    }

    private static int? Id(JsonValue value) => Number(value is { Kind: JsonKind.Array, Items.Count: 1 } ? value.Items[0] : value);

    private static int? Number(JsonValue value) =>
        value.Kind == JsonKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : (int?)null;
}
