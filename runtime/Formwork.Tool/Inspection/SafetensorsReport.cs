using System.Text.Json.Serialization;

namespace Formwork.Tool.Inspection;

/// <summary>What is in a safetensors file or in a checkpoint's shards, and what is odd about it.</summary>
/// <param name="File">The path as it was given.</param>
/// <param name="Bytes">The file's length, or that of all shards.</param>
/// <param name="HeaderBytes">The length of its header, or of all shards'.</param>
/// <param name="TensorCount">All tensors, whether read or not.</param>
/// <param name="Parameters">All their elements.</param>
/// <param name="Types">Elements of each type.</param>
/// <param name="Metadata">What the file says about itself; null for shards, each of which says it of its own.</param>
/// <param name="Shards">The shards; null where there is one file.</param>
/// <param name="Tensors">Those that were read.</param>
/// <param name="Problems">What keeps a model from working.</param>
/// <param name="Notes">What is worth knowing, and may be meant.</param>
internal sealed record SafetensorsReport(
    string File,
    long Bytes,
    long HeaderBytes,
    int TensorCount,
    long Parameters,
    SortedDictionary<string, long> Types,
    SortedDictionary<string, string>? Metadata,
    IReadOnlyList<ShardReport>? Shards,
    IReadOnlyList<TensorReport> Tensors,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Notes)
{
    private const int First = -1;

    /// <summary>Tells it from packed weights.</summary>
    [JsonPropertyOrder(First)]
    public string Kind => Shards is null ? "safetensors" : "safetensors in shards";
}
