using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Formwork.Generator.Parsing;

/// <summary>Whether the build asks for plan reports: a specification, or none, and what is wrong with the properties.</summary>
internal sealed record ReportRequest(ReportSpec? Spec, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>Reads the build's properties about plan reports.</summary>
internal static class ReportParser
{
    private const string Report = "FormworkReport";
    private const string Bandwidth = "FormworkReportBandwidth";
    private const decimal LeastBandwidth = 0.01m;
    private const decimal MostBandwidth = 100_000m;

    private static readonly ReportRequest Off = new(null, EquatableArray<DiagnosticInfo>.Empty);

    /// <summary>Reads them. An empty property counts as absent, since MSBuild knows no difference.</summary>
    public static ReportRequest Parse(AnalyzerConfigOptions options)
    {
        if (Property(options, Report) is not { } report)
        {
            return Off;
        }

        if (!bool.TryParse(report, out bool isOn))
        {
            return Wrong(Report, report, "write true or false");
        }

        if (!isOn)
        {
            return Off;
        }

        if (Property(options, Bandwidth) is not { } text)
        {
            return new(new(null), EquatableArray<DiagnosticInfo>.Empty);
        }

        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal bandwidth) && bandwidth is >= LeastBandwidth and <= MostBandwidth
            ? new(new(bandwidth), EquatableArray<DiagnosticInfo>.Empty)
            : Wrong(Bandwidth, text, $"write GB/s between {Text(LeastBandwidth)} and {Text(MostBandwidth)} with a decimal point, such as 12.8");
    }

    private static string? Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_property." + name, out string? value) && value.Trim() is { Length: > 0 } text ? text : null;

    private static ReportRequest Wrong(string property, string value, string remedy) =>
        new(null, new([new DiagnosticInfo("FW0402", new([property, value, remedy]), Location: null)]));

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
