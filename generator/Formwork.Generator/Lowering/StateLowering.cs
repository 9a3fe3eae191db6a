using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>
/// Lays out the state. Encoding, the cross cache and decoding follow each other, so the encoder's workspace and the decoder's
/// caches may lie on each other; only the encoder's output and the cross cache reach from one phase into the next.
/// </summary>
internal sealed class StateLowering(TransformerSpec spec, ModelSizes sizes)
{
    /// <summary>The encoder's hidden rows, and after encoding its output.</summary>
    public const string EncoderHidden = "EncoderHidden";

    /// <summary>Recorded cross-attention weights: [recorded layer][position][recorded head][source].</summary>
    public const string CrossAttentionWeights = "CrossAttentionWeights";

    /// <summary>The self-attention caches of one hypothesis: [layer][keys, values].</summary>
    public const string SelfCache = "SelfCache";

    /// <summary>The property of the state that an encoder buffer has.</summary>
    public static string EncoderSlot(string local) => "Encoder" + Identifier.Pascal(local);

    /// <summary>Lays the state out.</summary>
    /// <param name="encodeLayer">An encoder layer, whose operations say how long each buffer of the workspace lives.</param>
    /// <param name="encoder">The encoder's workspace.</param>
    /// <param name="crossCache">The buffer of PrecomputeCrossCache.</param>
    /// <param name="moved">Scratch that did not fit the stack.</param>
    public MemoryPlan Lower(
        MethodBuilder encodeLayer, EncoderLowering encoder, (string Name, Size Length) crossCache, IEnumerable<ScratchPlan> moved)
    {
        int finalNorm = encodeLayer.Count + 1;
        int precompute = finalNorm + 1;
        int decode = precompute + 1;
        var slots = new List<MemorySlot>
        {
            new(EncoderHidden, sizes.SourceLength.Times(sizes.ModelDim), 0, FirstUse: 0, LastUse: precompute),
        };
        slots.AddRange(encodeLayer
            .WithLifetimes(encoder.Workspace.Select(static buffer => (buffer.Name, buffer.Length)), firstStep: 1)
            .Select(static slot => slot with { Name = EncoderSlot(slot.Name) }));
        if (spec.Options.CrossAttention)
        {
            slots.Add(new("CrossKeyValue", crossCache.Length, 0, precompute, precompute));
        }

        slots.Add(new(SelfCache, sizes.SelfCache, 0, decode, decode));
        for (int layer = 0; spec.Options.CrossAttention && layer < spec.Decoder.Layers; layer++)
        {
            Size cross = sizes.Decoder.Heads.Times(sizes.DecoderCross.PerHead);
            slots.Add(new(WeightNames.DecoderLayer(layer) + "CrossKeys", cross, 0, precompute, decode));
            slots.Add(new(WeightNames.DecoderLayer(layer) + "CrossValues", cross, 0, precompute, decode));
        }

        if (spec.Options.Recording is { } recording)
        {
            Size layers = new("RecordedLayers.Length", recording.Layers.Count);
            Size heads = new("RecordedHeads.Length", recording.Heads.Count);
            Size rows = layers.Times(sizes.TargetLength).Times(heads);
            slots.Add(new(CrossAttentionWeights, rows.Times(sizes.SourceCapacity), 0, decode, decode));
        }

        foreach (ScratchPlan scratch in moved)
        {
            slots.Add(new(scratch.StateSlot, new(scratch.LengthName, scratch.Memory.Length), 0, decode, decode));
        }

        slots.Add(new("Logits", sizes.TargetVocabSize, 0, decode, decode));
        return MemoryPlan.Assign(slots);
    }
}
