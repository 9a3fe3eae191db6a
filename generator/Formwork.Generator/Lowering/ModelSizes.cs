using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>The sizes of a model under the names that generated code gives them.</summary>
/// <remarks>Where both stacks agree, one constant serves both (<c>Heads</c>); where they differ, each has its own (<c>EncoderHeads</c>).</remarks>
internal sealed class ModelSizes
{
    /// <summary>Positions side by side in the key cache: the runtime's <c>AttentionCache.PositionBlock</c>.</summary>
    private const int PositionBlock = 16;

    /// <summary>A matrix that is read once for so many rows is no longer what bounds their speed.</summary>
    private const int FewestRows = 8;

    public ModelSizes(TransformerSpec spec)
    {
        SourceLength = new("SourceLength", spec.Encoder.MaxLength);
        TargetLength = new("TargetLength", spec.Decoder.MaxLength);
        SourceCapacity = new("SourceCapacity", Capacity(spec.Encoder.MaxLength));
        TargetCapacity = new("TargetCapacity", Capacity(spec.Decoder.MaxLength));
        SourceVocabSize = new("SourceVocabSize", spec.SourceVocabSize);
        TargetVocabSize = new("TargetVocabSize", spec.TargetVocabSize);
        MaxBatch = new("MaxBatch", spec.Options.MaxBatch);
        MaxBeams = new("MaxBeams", spec.Options.MaxBeams);
        MaxRows = new("MaxRows", Math.Max(spec.Options.Lanes, Math.Min(spec.Decoder.MaxLength, FewestRows)));
        ModelDim = new("ModelDim", spec.Encoder.ModelDim);
        Encoder = new StackSizes("Encoder", spec.Encoder, spec.Decoder);
        Decoder = new StackSizes("Decoder", spec.Decoder, spec.Encoder);
        string scores = spec.ScaleAttention ? "Q·Kᵀ/√HeadDim" : "Q·Kᵀ";
        EncoderSelf = Attention(Encoder, SourceCapacity, "EncoderCachePerHead", scores, RelativeBuckets.TableOf(spec, isDecoder: false));
        DecoderSelf = Attention(Decoder, TargetCapacity, "SelfCachePerHead", scores, RelativeBuckets.TableOf(spec, isDecoder: true));
        DecoderCross = Attention(Decoder, SourceCapacity, "CrossCachePerHead", scores, null);
    }

    public Size SourceLength { get; }

    public Size TargetLength { get; }

    public Size SourceCapacity { get; }

    public Size TargetCapacity { get; }

    public Size SourceVocabSize { get; }

    public Size TargetVocabSize { get; }

    /// <summary>The most sources decoded at once.</summary>
    public Size MaxBatch { get; }

    /// <summary>Hypotheses of one source.</summary>
    public Size MaxBeams { get; }

    /// <summary>The most rows that a batch decodes at once: one for each hypothesis, and enough to read a prefix or a target several tokens at a time.</summary>
    public Size MaxRows { get; }

    /// <summary>Floats of one hypothesis' self-attention caches.</summary>
    public Size SelfCache => new("SelfCacheFloats", Decoder.Layers.Value * 2 * Decoder.Heads.Value * DecoderSelf.PerHead.Value);

    public Size ModelDim { get; }

    public StackSizes Encoder { get; }

    public StackSizes Decoder { get; }

    public AttentionShape EncoderSelf { get; }

    public AttentionShape DecoderSelf { get; }

    public AttentionShape DecoderCross { get; }

    private static int Capacity(int length) => (length + PositionBlock - 1) / PositionBlock * PositionBlock;

    private static AttentionShape Attention(StackSizes stack, Size capacity, string perHead, string scores, RelativeTable? bias) => new(
        stack.Heads,
        stack.HeadDim,
        stack.InnerDim,
        capacity,
        new(perHead, capacity.Value * stack.HeadDim.Value),
        stack.AttentionScale,
        bias is null ? scores : scores + " + bias",
        bias);
}

/// <summary>The sizes of one stack under their names in generated code.</summary>
internal sealed class StackSizes
{
    public StackSizes(string prefix, StackSpec own, StackSpec other)
    {
        Layers = new(prefix + "Layers", own.Layers);
        Heads = Name("Heads", own.Heads, other.Heads);
        HeadDim = Name("HeadDim", own.HeadDim, other.HeadDim);
        InnerDim = Name("InnerDim", own.InnerDim, other.InnerDim);
        FeedForwardDim = Name("FeedForwardDim", own.FeedForwardDim, other.FeedForwardDim);
        AttentionScale = Name("AttentionScale", own.HeadDim, other.HeadDim).Text;

        Size Name(string name, int value, int otherValue) => new(value == otherValue ? name : prefix + name, value);
    }

    public Size Layers { get; }

    public Size Heads { get; }

    public Size HeadDim { get; }

    /// <summary>Width of all heads side by side.</summary>
    public Size InnerDim { get; }

    public Size FeedForwardDim { get; }

    /// <summary>The constant <c>1/√HeadDim</c>.</summary>
    public string AttentionScale { get; }
}
