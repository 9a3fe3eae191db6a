namespace Formwork.Tool.Manifests;

/// <summary>What was written.</summary>
/// <param name="File">The weight file, or the index of its shards.</param>
/// <param name="Manifest">The manifest's path.</param>
/// <param name="Tensors">Its tensors.</param>
/// <param name="Bytes">The length of the weight file, or of all shards.</param>
internal sealed record ManifestReport(string File, string Manifest, int Tensors, long Bytes);
