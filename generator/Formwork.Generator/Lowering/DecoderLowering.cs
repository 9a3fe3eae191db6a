using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>Orders the decoder: one target position through masked self-attention, cross-attention and feed-forward, layer by layer, to the logits.</summary>
internal sealed class DecoderLowering(TransformerSpec spec, ModelSizes sizes, WeightNames weights)
{
    private const string Position = "position";
    private const string Written = "position + 1";
    private const string Source = "sourceLength";
    private const string SelfKeys = "selfKeys";
    private const string SelfValues = "selfValues";
    private const string CrossKeys = "crossKeys";
    private const string CrossValues = "crossValues";

    /// <summary>Scratch of a layer, for one position.</summary>
    public IEnumerable<(string Name, Size Length)> LayerScratch =>
    [
        (SubLayers.Normalized, sizes.ModelDim),
        ("queryKeyValue", sizes.Decoder.InnerDim.Times(3)),
        ("query", sizes.Decoder.InnerDim),
        ("context", sizes.Decoder.InnerDim),
        (SubLayers.Inner, sizes.Decoder.FeedForwardDim),
        (SubLayers.Gate, sizes.Decoder.FeedForwardDim),
    ];

    /// <summary>The caches that a layer reads and writes, under its local names.</summary>
    public IEnumerable<StateLocal> Caches(int layer)
    {
        string prefix = WeightNames.DecoderLayer(layer);
        StateLocal[] self = [new(SelfKeys, $"{StateLowering.SelfCache}.Keys(layer: {layer})"), new(SelfValues, $"{StateLowering.SelfCache}.Values(layer: {layer})")];
        return spec.Options.CrossAttention
            ? [.. self, new(CrossKeys, prefix + "CrossKeys"), new(CrossValues, prefix + "CrossValues")]
            : self;
    }

    /// <summary>Scratch of a step: the residual stream of one position.</summary>
    public IEnumerable<(string Name, Size Length)> StepScratch => [(SubLayers.Hidden, sizes.ModelDim)];

    /// <summary>The operations of one layer.</summary>
    public MethodBuilder Layer(int layer)
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Size.One, sizes.ModelDim);
        string prefix = WeightNames.DecoderLayer(layer);
        SelfAttention(method, subLayers, prefix);
        if (spec.Options.CrossAttention)
        {
            CrossAttention(method, subLayers, prefix, layer);
        }

        subLayers.FeedForward(prefix + "FeedForward", sizes.Decoder.FeedForwardDim);
        return method;
    }

    /// <summary>The operations of DecodeHidden: everything up to the logits.</summary>
    public MethodBuilder HiddenRow()
    {
        var method = new MethodBuilder();
        var subLayers = new SubLayers(spec, method, Size.One, sizes.ModelDim);
        method.Block($"{subLayers.EmbeddingFormula("position")}  [{sizes.ModelDim.Value}]");
        method.Add(new EmbedOperation(weights.DecoderEmbedding, weights.Positions("Decoder"), SubLayers.Hidden, "token", Position, sizes.ModelDim));
        if (spec.Norm.Embedding)
        {
            subLayers.NormInPlace("Norm of the embedding", "DecoderEmbeddingNorm");
        }

        method.Block("Decoder layers");
        for (int layer = 0; layer < spec.Decoder.Layers; layer++)
        {
            string[] arguments = spec.Options.CrossAttention
                ? [SubLayers.Hidden, "state", Position, Source]
                : [SubLayers.Hidden, "state", Position];
            method.Add(new CallOperation($"DecodeLayer{layer}", new(arguments)));
        }

        if (spec.Norm.Final)
        {
            subLayers.NormInPlace("Norm of the decoder's output", "DecoderFinalNorm");
        }

        subLayers.ScaleOutput();

        return method;
    }

    /// <summary>The operations of DecodeStep.</summary>
    public MethodBuilder Step()
    {
        MethodBuilder method = Stepping($"Logits: x·W{OutputBias(" + b")}  [{sizes.ModelDim.Value} → {sizes.TargetVocabSize.Value}]");
        method.Add(new LinearOperation(LinearOperation.Apply, SubLayers.Hidden, weights.OutputWeight, OutputBias("OutputBias"), "logits", Size.One));
        return method;
    }

    /// <summary>The operations of Feed: a step whose outcome nobody asked for.</summary>
    public static MethodBuilder Feed() => Hidden();

    /// <summary>The operations of NextToken: a step whose logits nobody asked for.</summary>
    public MethodBuilder NextToken()
    {
        string padding = spec.Tokens.MaskPad ? "; padding is never produced" : string.Empty;
        MethodBuilder method = Stepping($"The most probable token: argmax(x·W{OutputBias(" + b")}){padding}");
        method.Add(new ArgMaxOperation(SubLayers.Hidden, weights.OutputWeight, OutputBias("OutputBias"), spec.Tokens.MaskPad ? "PadToken" : null));
        return method;
    }

    private string? OutputBias(string text) => spec.Embedding.OutputBias ? text : null;

    private static MethodBuilder Hidden()
    {
        var method = new MethodBuilder();
        method.Block("The decoder's output at this position");
        method.Add(new CallOperation("DecodeHidden", new(["token", "state", SubLayers.Hidden])));
        return method;
    }

    private static MethodBuilder Stepping(string then)
    {
        MethodBuilder method = Hidden();
        method.Block(then);
        return method;
    }

    private void SelfAttention(MethodBuilder method, SubLayers subLayers, string prefix)
    {
        AttentionShape shape = sizes.DecoderSelf;
        subLayers.Wrap(
            $"Masked self-attention: x += (softmax({shape.Scores})·V)·Wo over the positions written so far  [{shape.Describe()}]",
            prefix + "SelfNorm",
            input =>
            {
                method.Add(new LinearOperation(
                    LinearOperation.Apply, input, prefix + "SelfQueryKeyValueWeight", weights.QueryKeyValueBias(prefix), "queryKeyValue", Size.One));
                method.Add(new StoreOperation(
                    "queryKeyValue", shape.InnerDim, shape.InnerDim.Times(2), shape.InnerDim.Times(3), SelfKeys, SelfValues, null, shape));
                method.Add(new AttendOperation(
                    "queryKeyValue", shape.InnerDim.Times(3), SelfKeys, SelfValues, "context", Written, null, shape, RecordLayer: null));
                method.Add(new LinearOperation(
                    LinearOperation.Accumulate, "context", prefix + "SelfOutputWeight", weights.OutputProjectionBias(prefix + "Self"), SubLayers.Hidden, Size.One));
            });
    }

    private void CrossAttention(MethodBuilder method, SubLayers subLayers, string prefix, int layer)
    {
        AttentionShape shape = sizes.DecoderCross;
        subLayers.Wrap(
            $"Cross-attention: x += (softmax({shape.Scores})·V)·Wo, Q from the decoder, K and V from the encoder's output  [{shape.Describe()}]",
            prefix + "CrossNorm",
            input =>
            {
                method.Add(new LinearOperation(
                    LinearOperation.Apply, input, prefix + "CrossQueryWeight", weights.QueryBias(prefix), "query", Size.One));
                method.Add(new AttendOperation(
                    "query",
                    shape.InnerDim,
                    CrossKeys,
                    CrossValues,
                    "context",
                    Source,
                    null,
                    shape,
                    RecordedLayer.Of(spec, layer)));
                method.Add(new LinearOperation(
                    LinearOperation.Accumulate, "context", prefix + "CrossOutputWeight", weights.OutputProjectionBias(prefix + "Cross"), SubLayers.Hidden, Size.One));
            });
    }
}
