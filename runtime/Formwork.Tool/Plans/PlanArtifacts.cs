using System.Text;
using Microsoft.CodeAnalysis;

namespace Formwork.Tool.Plans;

/// <summary>The report of a model's plan, which the generator hands out as comments of a generated file: generators may write no others.</summary>
internal static class PlanArtifacts
{
    // As the generator's ArtifactFile writes them. Spaces at the end of a line are cut there, so an empty line is the prefix without its own.
    private const string Prefix = "//| ";
    private const string EmptyLine = "//|";

    /// <summary>The option that asks for reports.</summary>
    public const string Report = "build_property.FormworkReport";

    /// <summary>The option with the memory's rate in gigabytes a second, for the bounds in the report.</summary>
    public const string Bandwidth = "build_property.FormworkReportBandwidth";

    /// <summary>The report as Markdown, or null where there is none.</summary>
    public static string? Markdown(IEnumerable<GeneratedSourceResult> files) => Find(files, ".plan.md.g.cs");

    /// <summary>The report as JSON, or null where there is none.</summary>
    public static string? Json(IEnumerable<GeneratedSourceResult> files) => Find(files, ".plan.json.g.cs");

    private static string? Find(IEnumerable<GeneratedSourceResult> files, string ending) => files
        .Where(file => file.HintName.EndsWith(ending, StringComparison.Ordinal))
        .Select(static file => Unwrap(file.SourceText.ToString()))
        .FirstOrDefault();

    private static string Unwrap(string text)
    {
        var report = new StringBuilder();
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal) || line.TrimEnd() == EmptyLine)
            {
                report.Append(line.TrimEnd() == EmptyLine ? "" : line[Prefix.Length..]).Append('\n');
            }
        }

        return report.ToString();
    }
}
