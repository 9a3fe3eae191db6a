namespace Formwork.Generator.Model;

/// <summary>Which cross-attention weights the state keeps: of these decoder layers these heads, both ascending and never empty.</summary>
internal sealed record RecordingSpec(EquatableArray<int> Layers, EquatableArray<int> Heads);
