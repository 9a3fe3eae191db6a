namespace Formwork.Weights;

/// <summary>Compares a tensor's shape with the one that its slot needs.</summary>
internal static class SlotShape
{
    /// <summary>The shape that the slot needs, in words.</summary>
    public static string Expected(in WeightSlot slot) => slot.Kind switch
    {
        WeightSlotKind.Vector => $"[{slot.Columns}]",
        WeightSlotKind.SinusoidalPositions => $"[at least {slot.FileRows}, {slot.Columns}]",
        _ => $"[{slot.FileRows}, {slot.Columns}]",
    };

    /// <summary>The problem with the tensor's shape, or null.</summary>
    public static WeightProblem? Mismatch(in WeightSlot slot, SafetensorsTensor tensor, string model)
    {
        ReadOnlySpan<long> shape = tensor.Shape;
        bool fits = slot.Kind switch
        {
            WeightSlotKind.Vector => shape is [var length] && length == slot.Columns || shape is [1, var only] && only == slot.Columns,
            WeightSlotKind.SinusoidalPositions => shape is [var rows, var columns] && rows >= slot.FileRows && columns == slot.Columns,
            _ => shape is [var rows, var columns] && rows == slot.FileRows && columns == slot.Columns,
        };
        if (fits)
        {
            return null;
        }
        string found = WeightProblem.Shape(shape);
        string expected = Expected(slot);
        bool transposed = slot.Kind != WeightSlotKind.Vector && shape is [var first, var second] && first == slot.Columns && second == slot.FileRows;
        string summary = $"tensor {WeightProblem.Quote(tensor.Name)} has the shape {found} and {model} needs {expected}";
        return transposed
            ? new WeightProblem(WeightLoadError.ShapeTransposed, summary + ", its transpose",
                "Transpose the tensor before saving it: the file's matrices are [outputs, inputs], as PyTorch stores them; Marian's and TensorFlow's are [inputs, outputs].")
            { Tensor = tensor.Name, Offset = tensor.Offset, Expected = expected, Found = found }
            : new WeightProblem(WeightLoadError.ShapeMismatch, summary, Advice(slot))
            { Tensor = tensor.Name, Offset = tensor.Offset, Expected = expected, Found = found };
    }

    private static string Advice(in WeightSlot slot) =>
        slot.Kind is WeightSlotKind.SinusoidalPositions or WeightSlotKind.LearnedPositions
            ? "Declare lengths that the file's table of positions has rows for, or use the checkpoint that the declaration was written for."
            : "Make the declared sizes those of the checkpoint (its config.json has them), or use the checkpoint that the declaration was written for.";
}
