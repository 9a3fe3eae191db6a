using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>A weight manifest: every tensor of a weight file, or why its text is none.</summary>
/// <param name="Tensors">The tensors, in the order of their lines.</param>
/// <param name="Fault">What is wrong, or null.</param>
internal sealed record WeightManifest(EquatableArray<ManifestTensor> Tensors, ManifestFault? Fault);

/// <summary>What is wrong with a line.</summary>
/// <param name="Place">The line.</param>
/// <param name="Reason">What was expected there.</param>
internal sealed record ManifestFault(ManifestPlace Place, string Reason);
