using System.Globalization;

namespace Formwork.Tool.Terminal;

/// <summary>Numbers for people.</summary>
internal static class Numbers
{
    private const double Kilobyte = 1e3;
    private const double Megabyte = 1e6;
    private const double Gigabyte = 1e9;

    /// <summary>A count, its digits in groups: <c>4,732,936</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes exactly and roughly: <c>4,732,936 bytes (4.73 MB)</c>.</summary>
    public static string Bytes(long value) => value < Kilobyte ? $"{value} bytes" : $"{Count(value)} bytes ({Rough(value)})";

    /// <summary>Bytes roughly: <c>4.73 MB</c>.</summary>
    public static string Rough(long value) => value switch
    {
        >= (long)Gigabyte => Text($"{value / Gigabyte:F2} GB"),
        >= (long)Megabyte => Text($"{value / Megabyte:F2} MB"),
        _ => Text($"{value / Kilobyte:F2} kB"),
    };

    /// <summary>Four significant digits; a dash where there is no number.</summary>
    public static string Short(double? value) => value is { } number ? number.ToString("G4", CultureInfo.InvariantCulture) : "–";

    /// <summary>A number, or none where JSON has no way to write it.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A count and what is counted.</summary>
    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>Formats without the machine's culture.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
