using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Looks through tensors for what is wrong and what is worth knowing.</summary>
internal static class Findings
{
    /// <summary>Values that make every output of a model NaN.</summary>
    public static IEnumerable<string> Problems(IEnumerable<TensorReport> tensors) => tensors
        .Where(static tensor => tensor.Statistics?.FirstNotFinite is not null)
        .Select(static tensor => $"tensor {WeightProblem.Quote(tensor.Name)} holds {NotFinite(tensor.Statistics!)}, the first at {Place(tensor.Shape, tensor.Statistics!.FirstNotFinite!.Value)}");

    /// <summary>What may be meant: tied tensors, rows for padding, tensors that were never trained.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<TensorReport> tensors) =>
    [
        .. Duplicates(tensors),
        .. tensors.Where(static tensor => tensor.IsZero()).Select(static tensor => $"tensor {WeightProblem.Quote(tensor.Name)} is all zeros"),
        .. tensors.Where(static tensor => !tensor.IsZero() && tensor.Statistics?.ZeroRows > 0).Select(ZeroRows),
    ];

    /// <summary>The indices of an element.</summary>
    public static string Place(ReadOnlySpan<long> shape, long element)
    {
        var indices = new long[shape.Length];
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (element, indices[i]) = Math.DivRem(element, shape[i]);
        }

        return WeightProblem.Shape(indices);
    }

    // Tensors of zeros alone are equal for another reason, and said to be so.
    private static IEnumerable<string> Duplicates(IEnumerable<TensorReport> tensors) => tensors
        .Where(static tensor => tensor.Bytes > 0 && !tensor.IsZero())
        .GroupBy(static tensor => tensor.Sha256)
        .Where(static group => group.Skip(1).Any())
        .Select(static group => $"tensors {string.Join(" and ", group.Select(static tensor => WeightProblem.Quote(tensor.Name)))} hold the same bytes");

    private static string ZeroRows(TensorReport tensor) =>
        $"tensor {WeightProblem.Quote(tensor.Name)} has {Numbers.Plural(tensor.Statistics!.ZeroRows!.Value, "row", "rows")} of zeros among {Numbers.Count(tensor.Shape[0])}";

    private static string NotFinite(TensorStatistics statistics) => string.Join(" and ", new[]
    {
        statistics.Nan == 0 ? null : $"{Numbers.Count(statistics.Nan)} NaN",
        statistics.Infinite == 0 ? null : Numbers.Plural(statistics.Infinite, "infinity", "infinities"),
    }.OfType<string>());
}
