using System.Globalization;
using Formwork.Benchmarks.Measuring;
using Spectre.Console;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>Reports as a table for people, on standard error: standard output is for programs.</summary>
internal static class AccuracyTable
{
    private const double Megabyte = 1e6;

    /// <summary>Writes the table.</summary>
    public static void Write(IEnumerable<AccuracyReport> reports)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("model").NoWrap())
            .AddColumn(new TableColumn("weights").NoWrap());
        foreach (string column in new[] { "MB", "same as float32", "BLEU Moses / 13a", "exact words", "logit error max / mean", "in % of range" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (AccuracyReport report in reports)
        {
            table.AddRow(
                report.Model,
                report.Weights,
                Text($"{report.WeightBytes / Megabyte:F2}"),
                Text($"{report.SamePercent:F1} %"),
                report.BleuMoses is { } moses ? Text($"{moses:F2} / {report.Bleu13a:F2}") : "–",
                report.ExactWords is { } words ? Text($"{words} / {report.Outputs}") : "–",
                Text($"{report.Logits.Max:G3} / {report.Logits.Mean:G3}"),
                Text($"{report.Logits.MaxPercentOfRange:G3} / {report.Logits.MeanPercentOfRange:G3}"));
        }

        ErrorConsole.Create().Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
