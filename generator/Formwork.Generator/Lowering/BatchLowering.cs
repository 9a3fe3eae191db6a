using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>
/// Orders the decoder over several lanes: projections take all rows at once, so that each weight is read once for all; attention goes lane by
/// lane, since each has caches and a position of its own.
/// </summary>
internal sealed class BatchLowering(TransformerSpec spec, ModelSizes sizes, WeightNames weights)
{
    private static readonly Size Rows = new("rows", 0);

    private IEnumerable<(string Name, Size Width)> RowSlots =>
    [
        (SubLayers.Hidden, sizes.ModelDim),
        (SubLayers.Normalized, sizes.ModelDim),
        ("queryKeyValue", sizes.Decoder.InnerDim.Times(3)),
        ("query", sizes.Decoder.InnerDim),
        ("context", sizes.Decoder.InnerDim),
        (SubLayers.Inner, sizes.Decoder.FeedForwardDim),
    ];

    /// <summary>Lowers the batch, or returns null where the declaration has none.</summary>
    public BatchPlan? Lower()
    {
        if (spec.Options.MaxBatch == 1)
        {
            return null;
        }

        IReadOnlyList<MemorySlot> slots = Layer(0).WithLifetimes(RowSlots.Select(slot => (slot.Name, sizes.MaxBatch.Times(slot.Width))));
        Dictionary<string, Size> widths = RowSlots.ToDictionary(static slot => slot.Name, static slot => slot.Width);
        StateLocal[] locals = [.. slots.Select(static slot => new StateLocal(slot.Name, Identifier.Pascal(slot.Name)))];
        string path = spec.Options.CrossAttention ? "masked self-attention, cross-attention and feed-forward" : "masked self-attention and feed-forward";
        IEnumerable<MethodPlan> layers = Enumerable.Range(0, spec.Decoder.Layers).Select(layer => new MethodPlan(
            $"DecodeBatchLayer{layer}",
            $"Decoder layer {layer}: one target position of every lane through {path}.",
            null,
            new(locals),
            Layer(layer).Build()));
        MethodPlan step = new(
            "NextTokens",
            "Decodes one position of every lane and picks each one's most probable next token.",
            null,
            new(locals.Where(static local => local.Name == SubLayers.Hidden)),
            Step().Build());
        return new(MemoryPlan.Assign(slots), new(slots.Select(slot => widths[slot.Name])), new(layers), step);
    }

    private MethodBuilder Layer(int layer)
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Rows, sizes.ModelDim);
        string prefix = WeightNames.DecoderLayer(layer);
        AttentionShape self = sizes.DecoderSelf;
        subLayers.Wrap(
            $"Masked self-attention: x += (softmax(Q·Kᵀ/√HeadDim)·V)·Wo over the positions that each lane has written  [{self.Describe()}]",
            prefix + "SelfNorm",
            input =>
            {
                Size threefold = self.InnerDim.Times(3);
                method.Add(new LinearOperation(
                    LinearOperation.Apply, input, prefix + "SelfQueryKeyValueWeight", weights.QueryKeyValueBias(prefix), "queryKeyValue", Rows));
                method.Add(new LaneAttendOperation("queryKeyValue", threefold, prefix, IsSelf: true, "context", self, RecordLayer: null));
                method.Add(new LinearOperation(
                    LinearOperation.Accumulate, "context", prefix + "SelfOutputWeight", weights.OutputProjectionBias(prefix + "Self"), SubLayers.Hidden, Rows));
            });
        if (spec.Options.CrossAttention)
        {
            CrossAttention(method, subLayers, prefix, layer);
        }

        subLayers.FeedForward(prefix + "FeedForward", sizes.Decoder.FeedForwardDim);
        return method;
    }

    private void CrossAttention(MethodBuilder method, SubLayers subLayers, string prefix, int layer)
    {
        AttentionShape shape = sizes.DecoderCross;
        subLayers.Wrap(
            $"Cross-attention: x += (softmax(Q·Kᵀ/√HeadDim)·V)·Wo, Q from the decoder, K and V from each lane's encoder output  [{shape.Describe()}]",
            prefix + "CrossNorm",
            input =>
            {
                method.Add(new LinearOperation(LinearOperation.Apply, input, prefix + "CrossQueryWeight", weights.QueryBias(prefix), "query", Rows));
                method.Add(new LaneAttendOperation(
                    "query", shape.InnerDim, prefix, IsSelf: false, "context", shape, RecordedLayer.Of(spec, layer)));
                method.Add(new LinearOperation(
                    LinearOperation.Accumulate, "context", prefix + "CrossOutputWeight", weights.OutputProjectionBias(prefix + "Cross"), SubLayers.Hidden, Rows));
            });
    }

    private MethodBuilder Step()
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Rows, sizes.ModelDim);
        string scale = spec.Embedding.Scale ? "√ModelDim · " : string.Empty;
        method.Block($"x = {scale}Embedding[token] + Position[position]  [rows × {sizes.ModelDim.Value}]");
        method.Add(new LaneEmbedOperation(weights.DecoderEmbedding, "DecoderPositions", SubLayers.Hidden, sizes.ModelDim));
        if (spec.Norm.Embedding)
        {
            subLayers.NormInPlace("Norm of the embeddings", "DecoderEmbeddingNorm");
        }

        method.Block("Decoder layers");
        for (int layer = 0; layer < spec.Decoder.Layers; layer++)
        {
            method.Add(new CallOperation($"DecodeBatchLayer{layer}", new(["batch", "lanes"])));
        }

        if (spec.Norm.Final)
        {
            subLayers.NormInPlace("Norm of the decoder's output", "DecoderFinalNorm");
        }

        string bias = spec.Embedding.OutputBias ? " + b" : string.Empty;
        method.Block($"The most probable tokens: argmax(x·W{bias}){(spec.Tokens.MaskPad ? "; padding is never produced" : string.Empty)}");
        method.Add(new LaneArgMaxOperation(
            SubLayers.Hidden, weights.OutputWeight, spec.Embedding.OutputBias ? "OutputBias" : null, spec.Tokens.MaskPad ? "PadToken" : null));
        return method;
    }
}
