namespace Formwork.Tool.Manifests;

/// <summary>What was written.</summary>
/// <param name="File">The weight file.</param>
/// <param name="Manifest">The manifest's path.</param>
/// <param name="Tensors">Its tensors.</param>
/// <param name="Bytes">The weight file's length.</param>
internal sealed record ManifestReport(string File, string Manifest, int Tensors, long Bytes);
