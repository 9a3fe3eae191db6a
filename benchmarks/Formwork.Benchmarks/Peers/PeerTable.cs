using System.Globalization;
using Formwork.Benchmarks.Measuring;
using Spectre.Console;

namespace Formwork.Benchmarks.Peers;

/// <summary>Reports as a table for people, on standard error: standard output is for programs.</summary>
internal static class PeerTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(IEnumerable<PeerReport> reports)
    {
        Table table = new Table().Border(TableBorder.Simple).Title("milliseconds, least / median")
            .AddColumns("shape", "weights", "threads");
        foreach (string column in new[] { "Formwork sentence", "ONNX Runtime sentence", "flavour", "ratio" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (PeerReport report in reports)
        {
            table.AddRow(
                report.Shape,
                report.Weights,
                report.Threads.ToString(CultureInfo.InvariantCulture),
                Text(report.Formwork?.SentenceMs),
                Text(report.OnnxRuntime.SentenceMs),
                report.Flavour,
                Text(report.Ratio));
        }

        ErrorConsole.Create().Write(table);
    }

    private static string Text(Spread? spread) =>
        spread is { } times ? string.Create(CultureInfo.InvariantCulture, $"{times.Min:G4} / {times.Median:G4}") : "–";
}
