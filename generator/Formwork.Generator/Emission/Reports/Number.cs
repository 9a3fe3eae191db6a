using System.Globalization;

namespace Formwork.Generator.Emission.Reports;

/// <summary>Writes numbers the same on every machine. Fractions are decimal, which no runtime rounds in a way of its own.</summary>
internal static class Number
{
    private const decimal WholeFrom = 100;

    /// <summary>A count for a person: <c>1,234,567</c>.</summary>
    public static string Grouped(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A measure for a person, with as many places as it is worth: <c>12,345</c>, <c>12.3</c>, <c>0.123</c>.</summary>
    public static string Measure(decimal value) => value switch
    {
        >= WholeFrom => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0##", CultureInfo.InvariantCulture),
    };

    /// <summary>A number as it was given: <c>12.8</c>, <c>5</c>.</summary>
    public static string Plain(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>A part of a whole: <c>12.3 %</c>.</summary>
    public static string Share(long part, long whole) => whole == 0 ? string.Empty : (100m * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
