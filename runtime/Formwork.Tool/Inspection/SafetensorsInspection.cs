using Formwork.Tool.Files;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Reads a checkpoint of safetensors from end to end.</summary>
internal static class SafetensorsInspection
{
    /// <summary>Reads the tensors that a pattern matches.</summary>
    /// <exception cref="WeightLoadException">The file cannot be read, or is no safetensors file.</exception>
    /// <exception cref="ToolException">No tensor matches.</exception>
    public static SafetensorsReport Run(ToolContext context, string path, string? pattern, TensorOrder order)
    {
        using Checkpoint checkpoint = Checkpoint.Open(path);
        ITensorSet all = checkpoint.Tensors;
        ShardReport[] parts = [.. checkpoint.Parts.Select(static part => Part(part.Name, part.File))];
        IReadOnlyList<SafetensorsTensor> chosen = TensorFilter.Apply(all, pattern);
        TensorReport[] tensors = ProgressBar.Run(context, "reading", chosen.Sum(static tensor => tensor.ByteLength), progress =>
        {
            var inspector = new TensorInspector(context.Cancellation);
            Dictionary<string, string>? shards = checkpoint.IsSharded ? ShardsOf(checkpoint) : null;
            return chosen.Select(tensor => inspector.Inspect(tensor, progress) with { Shard = shards?[tensor.Name] }).ToArray();
        });
        all.ThrowIfChanged();
        return new(
            path,
            checkpoint.Bytes,
            parts.Sum(static part => part.HeaderBytes),
            all.Tensors.Count,
            all.Tensors.Sum(Elements),
            Types(all),
            checkpoint.IsSharded ? null : parts[0].Metadata,
            checkpoint.IsSharded ? parts : null,
            [.. Sorted(tensors, order)],
            [.. Findings.Problems(tensors)],
            [.. Findings.Notes(tensors)]);
    }

    private static ShardReport Part(string name, SafetensorsFile file)
    {
        byte[] header = Metadata.Header(file);
        return new(name, file.Source.Length, header.Length, file.Tensors.Count, Metadata.Read(header));
    }

    private static Dictionary<string, string> ShardsOf(Checkpoint checkpoint) =>
        checkpoint.Parts.SelectMany(static part => part.File.Tensors.Select(tensor => (tensor.Name, Shard: part.Name))).ToDictionary();

    private static IEnumerable<TensorReport> Sorted(IEnumerable<TensorReport> tensors, TensorOrder order) => order switch
    {
        TensorOrder.Name => tensors.OrderBy(static tensor => tensor.Name, StringComparer.Ordinal),
        TensorOrder.Size => tensors.OrderByDescending(static tensor => tensor.Bytes).ThenBy(static tensor => tensor.Name, StringComparer.Ordinal),
        _ => tensors,
    };

    private static SortedDictionary<string, long> Types(ITensorSet file)
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
