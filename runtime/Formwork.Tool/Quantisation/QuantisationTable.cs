using Formwork.Tool.Terminal;
using Spectre.Console;

namespace Formwork.Tool.Quantisation;

/// <summary>A <see cref="QuantisationReport"/> for people.</summary>
internal static class QuantisationTable
{
    private const double Percent = 100;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, QuantisationReport report)
    {
        if (report is { Totals: { } totals, Matrices: { } matrices })
        {
            console.Write(Table(matrices));
            Facts.Write(console, $"{Printable.Of(report.File)} as {report.Model ?? report.Type.ToString()}", Lines(totals));
        }
    }

    private static Table Table(IReadOnlyList<MatrixError> matrices)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("matrix").AddColumn("type").AddColumn("shape");
        foreach (string column in new[] { "bytes", "packed", "max error", "relative RMS", "SNR", "worst row", "clipped" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (MatrixError matrix in matrices)
        {
            string[] cells =
            [
                Printable.Of(matrix.Name), matrix.Type.ToString(), $"[{matrix.Rows}, {matrix.Columns}]", Numbers.Count(matrix.StoredBytes), Numbers.Count(matrix.PackedBytes),
                Numbers.Short(matrix.MaxAbsError), Relative(matrix.RelativeRmsError), Decibels(matrix.SnrDb),
                matrix.WorstRow is { } row ? $"{row}: {Relative(matrix.WorstRowError)}" : "–", Numbers.Count(matrix.Clipped),
            ];
            table.AddRow(cells.Select(Facts.Cell));
        }

        return table;
    }

    private static IEnumerable<(string Name, string Value)> Lines(QuantisationTotals totals) =>
    [
        ("matrices", $"{Numbers.Count(totals.Matrices)} of {Numbers.Count(totals.Weights)} weights"),
        ("stored", Numbers.Bytes(totals.StoredBytes)),
        ("packed", $"{Numbers.Bytes(totals.PackedBytes)}, {Numbers.Text($"{Percent * totals.PackedBytes / Math.Max(totals.StoredBytes, 1):F1}")} % of that"),
        ("error", $"{Relative(totals.RelativeRmsError)} relative RMS, {Decibels(totals.SnrDb)}, at most {Numbers.Short(totals.MaxAbsError)}"),
        ("clipped", Numbers.Count(totals.Clipped)),
    ];

    private static string Relative(double error) => Numbers.Text($"{Percent * error:G3} %");

    private static string Decibels(double? ratio) => ratio is { } value ? Numbers.Text($"{value:F1} dB") : "exact";
}
