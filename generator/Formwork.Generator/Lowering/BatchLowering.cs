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
        (SubLayers.Gate, sizes.Decoder.FeedForwardDim),
    ];

    private bool HasSearch => spec.Options.Has(DecodingFeatures.Search) || spec.Options.Has(DecodingFeatures.Scoring);

    /// <summary>Lowers the batch, or returns null where the declaration has none.</summary>
    public BatchPlan? Lower()
    {
        if (!spec.Options.HasBatch)
        {
            return null;
        }

        MethodBuilder first = Layer(0);
        var slots = first.WithLifetimes(RowSlots.Select(slot => (slot.Name, sizes.MaxRows.Times(slot.Width)))).ToList();
        StateLocal[] locals = [.. slots.Select(static slot => new StateLocal(slot.Name, Identifier.Pascal(slot.Name)))];
        Dictionary<string, Size> widths = RowSlots.ToDictionary(static slot => slot.Name, static slot => slot.Width);
        AddResults(slots, widths, first.Count);
        StateLocal[] hidden = [.. locals.Where(static local => local.Name == SubLayers.Hidden)];
        string path = spec.Options.CrossAttention ? "masked self-attention, cross-attention and feed-forward" : "masked self-attention and feed-forward";
        IEnumerable<MethodPlan> layers = Enumerable.Range(0, spec.Decoder.Layers).Select(layer => new MethodPlan(
            $"DecodeBatchLayer{layer}",
            $"Decoder layer {layer}: one target position of every row through {path}.",
            null,
            new(locals),
            Layer(layer).Build()));
        return new(
            MemoryPlan.Assign(slots),
            new(slots.Select(slot => widths[slot.Name])),
            new(layers),
            new("DecodeRows", "Decodes one position of every row up to the logits.", null, new(hidden), Hidden().Build()),
            HasSearch
                ? new("DecodeLogits", "Decodes one position of every row: feeds the tokens and computes the logits of the next ones.", null, new(hidden), Logits().Build())
                : null,
            spec.Options.MaxBatch > 1
                ? new("NextTokens", "Decodes one position of every source and picks each one's most probable next token.", null, new(hidden), NextTokens().Build())
                : null);
    }

    /// <summary>What is read once all layers are done.</summary>
    private void AddResults(List<MemorySlot> slots, Dictionary<string, Size> widths, int end)
    {
        int hidden = slots.FindIndex(static slot => slot.Name == SubLayers.Hidden);
        slots[hidden] = slots[hidden] with { LastUse = end };
        if (HasSearch)
        {
            Add(LaneLogitsOperation.Logits, sizes.TargetVocabSize, end);
        }

        if (HasSearch && spec.Options.Recording is { } recording)
        {
            Size rows = new("RecordedLayers.Length * RecordedHeads.Length", recording.Layers.Count * recording.Heads.Count);
            Add("crossAttention", rows.Times(sizes.SourceCapacity), 0);
        }

        void Add(string name, Size width, int firstUse)
        {
            slots.Add(new(name, sizes.MaxRows.Times(width), 0, firstUse, end));
            widths.Add(name, width);
        }
    }

    private MethodBuilder Layer(int layer)
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Rows, sizes.ModelDim);
        string prefix = WeightNames.DecoderLayer(layer);
        AttentionShape self = sizes.DecoderSelf;
        subLayers.Wrap(
            $"Masked self-attention: x += (softmax({self.Scores})·V)·Wo over the positions that each hypothesis has written  [{self.Describe()}]",
            prefix + "SelfNorm",
            input =>
            {
                Size threefold = self.InnerDim.Times(3);
                method.Add(new LinearOperation(
                    LinearOperation.Apply, input, prefix + "SelfQueryKeyValueWeight", weights.QueryKeyValueBias(prefix), "queryKeyValue", Rows));
                method.Add(new LaneAttendOperation("queryKeyValue", threefold, layer, IsSelf: true, "context", self, RecordLayer: null));
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
            $"Cross-attention: x += (softmax({shape.Scores})·V)·Wo, Q from the decoder, K and V from each source's encoder output  [{shape.Describe()}]",
            prefix + "CrossNorm",
            input =>
            {
                method.Add(new LinearOperation(LinearOperation.Apply, input, prefix + "CrossQueryWeight", weights.QueryBias(prefix), "query", Rows));
                method.Add(new LaneAttendOperation(
                    "query", shape.InnerDim, layer, IsSelf: false, "context", shape, HasSearch ? RecordedLayer.Of(spec, layer) : null));
                method.Add(new LinearOperation(
                    LinearOperation.Accumulate, "context", prefix + "CrossOutputWeight", weights.OutputProjectionBias(prefix + "Cross"), SubLayers.Hidden, Rows));
            });
    }

    private MethodBuilder Hidden()
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Rows, sizes.ModelDim);
        method.Block($"{subLayers.EmbeddingFormula("position")}  [rows × {sizes.ModelDim.Value}]");
        method.Add(new LaneEmbedOperation(weights.DecoderEmbedding, weights.Positions("Decoder"), SubLayers.Hidden, sizes.ModelDim));
        if (spec.Norm.Embedding)
        {
            subLayers.NormInPlace("Norm of the embeddings", "DecoderEmbeddingNorm");
        }

        method.Block("Decoder layers");
        for (int layer = 0; layer < spec.Decoder.Layers; layer++)
        {
            method.Add(new CallOperation($"DecodeBatchLayer{layer}", new(["lanes", "positions", "batch"])));
        }

        if (spec.Norm.Final)
        {
            subLayers.NormInPlace("Norm of the decoder's output", "DecoderFinalNorm");
        }

        subLayers.ScaleOutput();

        return method;
    }

    private MethodBuilder Logits()
    {
        MethodBuilder method = Rowwise($"Logits: x·W{OutputBias(" + b")}  [rows × {sizes.ModelDim.Value} → {sizes.TargetVocabSize.Value}]");
        method.Add(new LaneLogitsOperation(SubLayers.Hidden, weights.OutputWeight, OutputBias("OutputBias")));
        return method;
    }

    private MethodBuilder NextTokens()
    {
        string padding = spec.Tokens.MaskPad ? "; padding is never produced" : string.Empty;
        MethodBuilder method = Rowwise($"The most probable tokens: argmax(x·W{OutputBias(" + b")}){padding}");
        method.Add(new LaneArgMaxOperation(SubLayers.Hidden, weights.OutputWeight, OutputBias("OutputBias"), spec.Tokens.MaskPad ? "PadToken" : null));
        return method;
    }

    private string? OutputBias(string text) => spec.Embedding.OutputBias ? text : null;

    private static MethodBuilder Rowwise(string then)
    {
        var method = new MethodBuilder();
        method.Block("The decoder's output of every row");
        method.Add(new CallOperation("DecodeRows", new(["tokens", "lanes", "positions", "batch"])));
        method.Block(then);
        return method;
    }
}
