using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Emission;

/// <summary>Prints the weight list that the loader reads, and a property for each stretch of packed weights.</summary>
internal static class WeightsEmitter
{
    private static readonly string[] Comment =
    [
        "Offsets are bytes from the start of the packed block. A matrix [outputs, inputs] is packed in panels of 32 outputs side by",
        "side, padded with zeros, as its format says; a length counts floats.",
    ];

    public static GeneratedFile Emit(ExecutionPlan plan) => GeneratedFile.Write(plan, "Weights", Comment, writer =>
    {
        writer.Line("private readonly weights::WeightMemory _weights;");
        foreach (WeightRegion region in plan.Weights.Regions)
        {
            writer.Line();
            writer.Line($"/// <summary>{region.Shape}.</summary>");
            writer.Line(region.Matrix is { } matrix
                ? $"private kernels::Matrix<kernels::{matrix.Type}> {region.Name} => _weights.Matrix<kernels::{matrix.Type}>({region.Offset}, {matrix.Outputs.Text}, {matrix.Inputs.Text});"
                : $"private {Types.ReadOnlyFloats} {region.Name} => _weights.Floats({region.Offset}, {region.Length / sizeof(float)});");
        }

        foreach (RelativeTable table in plan.Weights.Tensors.Where(static tensor => tensor.Relative is not null).Select(static tensor => tensor.Relative!))
        {
            Buckets(writer, table);
        }

        writer.Line();
        writer.Summary("What tells this model's packed weights from another's.");
        writer.Line($"private static weights::WeightLayout Layout => new(\"{plan.Type.FullName}\", new({Fingerprint(plan.Weights)}), WeightBytes);");
        writer.Line();
        writer.Summary("Every tensor that the weight file must hold, and where its values go.");
        using (writer.Block("private static weights::WeightManifest Manifest()"))
        {
            Manifest(writer, plan);
        }
    });

    private static void Manifest(SourceWriter writer, ExecutionPlan plan)
    {
        WeightPlan weights = plan.Weights;
        using (writer.Indent("weights::WeightSlot[] slots =\n[", "];"))
        {
            foreach (WeightTensor tensor in weights.Tensors)
            {
                writer.Line($"weights::WeightSlot.{Slot(tensor)}{(tensor.IsOptional ? ".OrZeros()" : string.Empty)},");
            }
        }

        writer.Line($"return new(Layout.Model, WeightBytes, slots, [{Quoted(weights.Ignored)}]);");
    }

    private static string Slot(WeightTensor tensor)
    {
        string names = $"[{Quoted(tensor.Names)}]";
        return tensor.Kind switch
        {
            WeightKind.Matrix => $"Matrix<kernels::{tensor.Type}>({names}, {tensor.Rows.Text}, {tensor.Columns.Text}, {tensor.Offset}{FirstRow(tensor)})",
            WeightKind.Vector => $"Vector({names}, {tensor.Rows.Text}, {tensor.Offset})",
            WeightKind.RelativeBias => $"RelativeBias({names}, {tensor.Rows.Text}, {tensor.Columns.Text}, {tensor.Relative!.BucketsName}, {tensor.Relative.Stride.Text}, {tensor.Offset})",
            WeightKind.LearnedPositions =>
                $"LearnedPositions({names}, {tensor.TableRows}, {tensor.Columns.Text}, {tensor.FirstRow.Text}, {tensor.Rows.Text}, {tensor.Offset})",
            _ =>
                $"SinusoidalPositions({names}, weights::SinusoidKind.{Kind(tensor.Encoding)}, {tensor.FirstRow.Text}, {tensor.Rows.Text}, {tensor.Columns.Text}, {tensor.Offset})",
        };
    }

    /// <summary>Prints the bucket of every distance, in lines that can be read.</summary>
    private static void Buckets(SourceWriter writer, RelativeTable table)
    {
        const int PerLine = 32;
        writer.Line();
        writer.Summary($"The bucket of every distance from query to key in the {table.Prefix.ToLowerInvariant()}, from {-table.Before} on.");
        using (writer.Indent($"private static global::System.ReadOnlySpan<byte> {table.BucketsName} =>\n[", "];"))
        {
            for (int first = 0; first < table.Buckets.Count; first += PerLine)
            {
                writer.Line(string.Join(", ", table.Buckets.Skip(first).Take(PerLine)) + ",");
            }
        }
    }

    private static string Kind(PositionEncoding encoding) => encoding switch
    {
        PositionEncoding.SinusoidInterleaved => "Interleaved",
        PositionEncoding.SinusoidHuggingFace => "HuggingFace",
        _ => "TensorToTensor",
    };

    /// <summary>Two halves of 64 bits, the upper first.</summary>
    private static string Fingerprint(WeightPlan weights)
    {
        const int Half = 16;
        return $"0x{weights.Fingerprint.Substring(0, Half)}, 0x{weights.Fingerprint.Substring(Half)}";
    }

    private static string FirstRow(WeightTensor tensor) => tensor.FirstRow.Value == 0 ? string.Empty : $", firstRow: {tensor.FirstRow.Text}";

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"\"{name}\""));
}
