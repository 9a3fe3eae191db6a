using Formwork.Tool.Terminal;
using Formwork.Weights;
using Spectre.Console;

namespace Formwork.Tool.Inspection;

/// <summary>A <see cref="SafetensorsReport"/> for people.</summary>
internal static class SafetensorsTable
{
    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, SafetensorsReport report)
    {
        Facts.Write(console, Printable.Of(report.File), Lines(report));
        console.WriteLine();
        console.Write(Tensors(report));
        List(console, "problems", report.Problems);
        List(console, "notes", report.Notes);
    }

    private static IEnumerable<(string Name, string Value)> Lines(SafetensorsReport report) =>
    [
        ("kind", report.Kind),
        .. (report.Shards ?? []).Select(static shard => ("shard", $"{Printable.Of(shard.File)}, {Numbers.Bytes(shard.Bytes)}, {Numbers.Plural(shard.TensorCount, "tensor", "tensors")}")),
        ("size", Numbers.Bytes(report.Bytes)),
        ("header", Header(report)),
        ("tensors", $"{Numbers.Count(report.TensorCount)} of at most {Numbers.Count(SafetensorsLimits.Tensors)}{(report.Tensors.Count < report.TensorCount ? $", {Numbers.Count(report.Tensors.Count)} of them read" : "")}"),
        ("parameters", $"{Numbers.Count(report.Parameters)} ({string.Join(", ", report.Types.Select(static type => $"{type.Key} {Numbers.Count(type.Value)}"))})"),
        .. Metadata(report).Select(static entry => ("metadata", $"{Printable.Of(entry.Key)} = {Printable.Of(entry.Value)}")),
    ];

    private static string Header(SafetensorsReport report) => report.Shards is null
        ? $"{Numbers.Count(report.HeaderBytes)} of at most {Numbers.Count(SafetensorsLimits.HeaderBytes)} bytes"
        : $"{Numbers.Count(report.HeaderBytes)} bytes in all";

    // Shards mostly say the same.
    private static IEnumerable<KeyValuePair<string, string>> Metadata(SafetensorsReport report) =>
        report.Metadata ?? report.Shards!.SelectMany(static shard => shard.Metadata).Distinct();

    private static Table Tensors(SafetensorsReport report)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("name").AddColumn("type").AddColumn("shape");
        foreach (string column in new[] { "bytes", "min", "max", "mean |x|", "rms", "zeros" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (TensorReport tensor in report.Tensors)
        {
            TensorStatistics? statistics = tensor.Statistics;
            string[] cells =
            [
                Printable.Of(tensor.Name), tensor.Type, tensor.ShapeText(), Numbers.Count(tensor.Bytes),
                Numbers.Short(statistics?.Min), Numbers.Short(statistics?.Max), Numbers.Short(statistics?.MeanAbs), Numbers.Short(statistics?.Rms),
                statistics is null ? "–" : Numbers.Count(statistics.Zeros),
            ];
            table.AddRow(cells.Select(Facts.Cell));
        }

        return table;
    }

    private static void List(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
        {
            console.WriteLine(title);
            foreach (string line in lines)
            {
                console.WriteLine($"  {line}");
            }
        }
    }
}
