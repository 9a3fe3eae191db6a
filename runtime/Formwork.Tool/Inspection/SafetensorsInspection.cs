using Formwork.Tool.Files;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Reads a safetensors file from end to end.</summary>
internal static class SafetensorsInspection
{
    /// <summary>Reads the tensors that a pattern matches.</summary>
    /// <exception cref="WeightLoadException">The file cannot be read, or is no safetensors file.</exception>
    /// <exception cref="ToolException">No tensor matches.</exception>
    public static SafetensorsReport Run(ToolContext context, string path, string? pattern, TensorOrder order)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        byte[] header = Metadata.Header(file);
        IReadOnlyList<SafetensorsTensor> chosen = TensorFilter.Apply(file, pattern);
        TensorReport[] tensors = ProgressBar.Run(context, "reading", chosen.Sum(static tensor => tensor.ByteLength), progress =>
        {
            var inspector = new TensorInspector(context.Cancellation);
            return chosen.Select(tensor => inspector.Inspect(tensor, progress)).ToArray();
        });
        file.Source.ThrowIfChanged();
        return new(
            path,
            file.Source.Length,
            header.Length,
            file.Tensors.Count,
            file.Tensors.Sum(Elements),
            Types(file),
            Metadata.Read(header),
            [.. Sorted(tensors, order)],
            [.. Findings.Problems(tensors)],
            [.. Findings.Notes(tensors)]);
    }

    private static IEnumerable<TensorReport> Sorted(IEnumerable<TensorReport> tensors, TensorOrder order) => order switch
    {
        TensorOrder.Name => tensors.OrderBy(static tensor => tensor.Name, StringComparer.Ordinal),
        TensorOrder.Size => tensors.OrderByDescending(static tensor => tensor.Bytes).ThenBy(static tensor => tensor.Name, StringComparer.Ordinal),
        _ => tensors,
    };

    private static SortedDictionary<string, long> Types(SafetensorsFile file)
    {
        var types = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            string name = DTypeNames.Of(tensor.DType);
            types[name] = types.GetValueOrDefault(name) + Elements(tensor);
        }

        return types;
    }

    private static long Elements(SafetensorsTensor tensor)
    {
        long elements = 1;
        foreach (long dimension in tensor.Shape)
        {
            elements *= dimension;
        }

        return elements;
    }
}
