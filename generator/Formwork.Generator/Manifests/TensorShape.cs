using Formwork.Generator.Lowering;
using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>The shape that a model needs of a tensor, as the runtime's <c>SlotShape</c> has it.</summary>
internal static class TensorShape
{
    /// <summary>The shape in words.</summary>
    public static string Expected(WeightTensor tensor) => tensor.Kind switch
    {
        WeightKind.Vector => ShapeText.Describe([tensor.Rows.Value]),
        WeightKind.SinusoidalPositions => $"[at least {Rows(tensor)}, {tensor.Columns.Value}]",
        _ => ShapeText.Describe([Rows(tensor), tensor.Columns.Value]),
    };

    /// <summary>Whether a stored shape will do; a vector may be stored as one row.</summary>
    public static bool Fits(WeightTensor tensor, EquatableArray<long> shape) => tensor.Kind switch
    {
        WeightKind.Vector => (shape.Count == 1 && shape[0] == tensor.Rows.Value) || (shape.Count == 2 && shape[0] == 1 && shape[1] == tensor.Rows.Value),
        WeightKind.SinusoidalPositions => shape.Count == 2 && shape[0] >= Rows(tensor) && shape[1] == tensor.Columns.Value,
        _ => shape.Count == 2 && shape[0] == Rows(tensor) && shape[1] == tensor.Columns.Value,
    };

    /// <summary>Whether a stored shape is the other way round.</summary>
    public static bool IsTransposed(WeightTensor tensor, EquatableArray<long> shape) =>
        tensor.Kind != WeightKind.Vector && shape.Count == 2 && shape[0] == tensor.Columns.Value && shape[1] == Rows(tensor);

    /// <summary>What to do about a shape that does not fit.</summary>
    public static string Advice(WeightTensor tensor, EquatableArray<long> shape) => IsTransposed(tensor, shape)
        ? ", its transpose: the file's matrices are [outputs, inputs], as PyTorch stores them; transpose the tensor before saving it"
        : tensor.Kind is WeightKind.LearnedPositions or WeightKind.SinusoidalPositions
            ? ": declare lengths that the file's table of positions has rows for, or use the checkpoint that the declaration was written for"
            : ": make the declared sizes those of the checkpoint, or use the checkpoint that the declaration was written for";

    private static long Rows(WeightTensor tensor) => tensor.Kind switch
    {
        WeightKind.LearnedPositions => tensor.TableRows,
        WeightKind.SinusoidalPositions => tensor.FirstRow.Value + tensor.Rows.Value,
        _ => tensor.Rows.Value,
    };
}
