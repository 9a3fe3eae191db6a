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

    /// <summary>The option's value; null where the field holds something else.</summary>
    public static object? Read(FieldKind kind, JsonValue value) => kind switch
    {
        FieldKind.Number => Number(value),
        FieldKind.Id => Number(value is { Kind: JsonKind.Array, Items.Count: 1 } ? value.Items[0] : value),
        FieldKind.Flag => value.Kind switch { JsonKind.True => true, JsonKind.False => false, _ => null },
        _ => value.Kind == JsonKind.String && Activations.TryGetValue(value.Text, out ActivationFunction activation) ? (int)activation : null,
    };

    /// <summary>What a field must hold.</summary>
    public static string Expected(FieldKind kind) => kind switch
    {
        FieldKind.Number => "a whole number was expected",
        FieldKind.Id => "one token id was expected",
        FieldKind.Flag => "true or false was expected",
        _ => "the activations that are generated are " + string.Join(", ", Activations.Keys),
    };

    /// <summary>An option's value as it is written in C#.</summary>
    public static string Display(FieldKind kind, object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        int number when kind == FieldKind.Activation => $"ActivationFunction.{(ActivationFunction)number}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static int? Number(JsonValue value) =>
        value.Kind == JsonKind.Number && int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : (int?)null;
}
