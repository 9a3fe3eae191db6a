using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Orders the encoder: embeddings, the layers over all rows of the source, and the final norm.</summary>
internal sealed class EncoderLowering(TransformerSpec spec, ModelSizes sizes, WeightNames weights)
{
    private static readonly Size Rows = new("sourceLength", 0);

    /// <summary>The state's buffers that a layer works in. Those with a row width hold one row a source token.</summary>
    public IEnumerable<(string Name, Size Length, Size? RowWidth)> Workspace =>
    [
        Rowwise(SubLayers.Normalized, sizes.ModelDim),
        Rowwise("queryKeyValue", sizes.Encoder.InnerDim.Times(3)),
        ("keys", sizes.Encoder.Heads.Times(sizes.EncoderSelf.PerHead), null),
        ("values", sizes.Encoder.Heads.Times(sizes.EncoderSelf.PerHead), null),
        Rowwise("context", sizes.Encoder.InnerDim),
        Rowwise(SubLayers.Inner, sizes.Encoder.FeedForwardDim),
        Rowwise(SubLayers.Gate, sizes.Encoder.FeedForwardDim),
    ];

    /// <summary>The workspace as a layer's locals, the hidden rows first; a buffer that this model does not need is left out.</summary>
    public IEnumerable<StateLocal> Locals()
    {
        HashSet<string> used = [.. Layer(0).WithLifetimes(Workspace.Select(static buffer => (buffer.Name, buffer.Length))).Select(static slot => slot.Name)];
        return Workspace
            .Where(buffer => used.Contains(buffer.Name))
            .Select(static buffer => new StateLocal(buffer.Name, StateLowering.EncoderSlot(buffer.Name), buffer.RowWidth))
            .Prepend(new StateLocal(SubLayers.Hidden, StateLowering.EncoderHidden, sizes.ModelDim));
    }

    /// <summary>The operations of one layer.</summary>
    public MethodBuilder Layer(int layer)
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Rows, sizes.ModelDim);
        string prefix = WeightNames.EncoderLayer(layer);
        AttentionShape shape = sizes.EncoderSelf;
        Size threefold = shape.InnerDim.Times(3);

        subLayers.Wrap(
            $"Self-attention: x += (softmax({shape.Scores})·V)·Wo over the whole source  [{shape.Describe()}]",
            prefix + "SelfNorm",
            input =>
            {
                method.Add(new LinearOperation(
                    LinearOperation.Apply, input, prefix + "SelfQueryKeyValueWeight", weights.QueryKeyValueBias(prefix), "queryKeyValue", Rows));
                method.Add(new StoreOperation(
                    "queryKeyValue", shape.InnerDim, shape.InnerDim.Times(2), threefold, "keys", "values", Rows.Text, shape));
                method.Add(new AttendOperation(
                    "queryKeyValue", threefold, "keys", "values", "context", Rows.Text, Rows.Text, shape, RecordLayer: null));
                method.Add(new LinearOperation(
                    LinearOperation.Accumulate, "context", prefix + "SelfOutputWeight", weights.OutputProjectionBias(prefix + "Self"), SubLayers.Hidden, Rows));
            });
        subLayers.FeedForward(prefix + "FeedForward", sizes.Encoder.FeedForwardDim);
        return method;
    }

    /// <summary>The operations of Encode.</summary>
    public MethodBuilder Encode()
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Rows, sizes.ModelDim);
        method.Block($"{subLayers.EmbeddingFormula("row")}  [rows × {sizes.ModelDim.Value}]");
        method.Add(new EmbedOperation(
            weights.EncoderEmbedding, weights.Positions("Encoder"), SubLayers.Hidden, "source", null, sizes.ModelDim));
        if (spec.Norm.Embedding)
        {
            subLayers.NormInPlace("Norm of the embeddings", "EncoderEmbeddingNorm");
        }

        method.Block("Encoder layers");
        for (int layer = 0; layer < spec.Encoder.Layers; layer++)
        {
            method.Add(new CallOperation($"EncodeLayer{layer}", new(["state", Rows.Text])));
        }

        if (spec.Norm.Final)
        {
            subLayers.NormInPlace("Norm of the encoder's output", "EncoderFinalNorm");
        }

        return method;
    }

    private (string Name, Size Length, Size? RowWidth) Rowwise(string name, Size width) => (name, sizes.SourceLength.Times(width), width);
}
