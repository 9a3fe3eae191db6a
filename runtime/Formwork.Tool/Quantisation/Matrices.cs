using Formwork.Weights;

namespace Formwork.Tool.Quantisation;

/// <summary>Finds the tensors that are packed as matrices.</summary>
internal static class Matrices
{
    // Far beyond any model: a row is read whole, and rows are rounded up to whole panels.
    private const int MostColumns = 1 << 24;
    private const int MostRows = 1 << 30;

    /// <summary>Those of a declared model, each with its own type.</summary>
    /// <exception cref="WeightLoadException">The file is not the model's.</exception>
    public static IReadOnlyList<PackedMatrix> Of(ITensorSet file, WeightManifest manifest)
    {
        SafetensorsTensor?[] tensors = ManifestMatch.Resolve(file, manifest, $"{file.Name} as {manifest.Model}");
        return
        [
            .. manifest.Slots.Zip(tensors)
                .Where(static pair => pair is { First.Packer: not null, Second: not null })
                .Select(static pair => new PackedMatrix(pair.Second!, pair.First.RowCount, pair.First.Columns, pair.First.Packer!.Type)),
        ];
    }

    /// <summary>
    /// Those that look like matrices: two dimensions of more than one, floats, and no table of positions by its name.
    /// </summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static IReadOnlyList<PackedMatrix> Of(ITensorSet file, WeightType type)
    {
        PackedMatrix[] matrices = [.. file.Tensors.Where(LooksPacked).Select(tensor => new PackedMatrix(tensor, (int)tensor.Shape[0], (int)tensor.Shape[1], type))];
        return matrices.Length > 0
            ? matrices
            : throw ToolException.Problem($"{file.Name} has no matrix of F32, F16 or BF16 that could be packed; give the checkpoint as it was trained");
    }

    private static bool LooksPacked(SafetensorsTensor tensor) =>
        tensor.DType.IsReadableAsFloat()
        && tensor.Shape.Length == 2
        && tensor.Shape[0] is > 1 and <= MostRows
        && tensor.Shape[1] is > 1 and <= MostColumns
        && !tensor.Name.Contains("position", StringComparison.OrdinalIgnoreCase);
}
