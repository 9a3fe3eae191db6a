using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>A layer whose cross-attention weights are recorded, and whether those of every head are.</summary>
internal sealed record RecordedLayer(int Layer, bool EveryHead)
{
    /// <summary>The recording of a decoder layer, or null where it is not recorded.</summary>
    public static RecordedLayer? Of(TransformerSpec spec, int layer) => spec.Options.Recording is { } recording && recording.Layers.Contains(layer)
        ? new(layer, recording.Heads.Count == spec.Decoder.Heads)
        : null;
}
