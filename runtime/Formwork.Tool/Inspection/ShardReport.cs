namespace Formwork.Tool.Inspection;

/// <summary>One shard of a checkpoint.</summary>
/// <param name="File">Its name beside the index.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="HeaderBytes">The length of its header.</param>
/// <param name="TensorCount">Its tensors.</param>
/// <param name="Metadata">What it says about itself.</param>
internal sealed record ShardReport(string File, long Bytes, long HeaderBytes, int TensorCount, SortedDictionary<string, string> Metadata);
