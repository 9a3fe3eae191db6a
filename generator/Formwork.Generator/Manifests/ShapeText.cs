using System.Globalization;
using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>Shapes as a manifest and as a message write them.</summary>
internal static class ShapeText
{
    private const string Scalar = "scalar";

    /// <summary>The runtime's <c>SafetensorsLimits.Rank</c> and <c>Number</c>.</summary>
    private const int MostDimensions = 8;
    private const long LargestDimension = 1L << 53;
    private const int MostDigits = 16;

    /// <summary>Reads <c>512x128</c> or <c>scalar</c>; null where the text is neither.</summary>
    public static EquatableArray<long>? Parse(string text)
    {
        if (text == Scalar)
        {
            return EquatableArray<long>.Empty;
        }

        string[] dimensions = text.Split('x');
        return dimensions.Length <= MostDimensions && dimensions.All(IsDimension)
            ? new EquatableArray<long>(dimensions.Select(static dimension => long.Parse(dimension, NumberStyles.None, CultureInfo.InvariantCulture)))
            : null;
    }

    /// <summary>A shape for a message: <c>[512, 128]</c>.</summary>
    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape.Select(static dimension => dimension.ToString(CultureInfo.InvariantCulture)))}]";

    private static bool IsDimension(string text) =>
        text.Length is > 0 and <= MostDigits && text.All(static digit => digit is >= '0' and <= '9') && (text[0] != '0' || text.Length == 1)
        && long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) <= LargestDimension;
}
