using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>What tells one model's packed weights from another's without looking at a single tensor. The generator computes it.</summary>
/// <param name="Model">The declared type's name, for messages.</param>
/// <param name="Fingerprint">A hash over every tensor's name, size, place and packing.</param>
/// <param name="Bytes">The length of the packed weights in bytes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WeightLayout(string Model, UInt128 Fingerprint, long Bytes);
