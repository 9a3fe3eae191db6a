namespace Formwork.Generator.Model;

/// <summary>
/// Everything that one declaration says, with the family's choices filled in: plain, value-equal data and the generator's cache key.
/// </summary>
/// <param name="Type">The partial class that receives the code.</param>
/// <param name="Family">The family's name, for comments.</param>
/// <param name="Config">The configuration file that the declaration names, or null where it names a family.</param>
/// <param name="Encoder">Shape of the encoder stack.</param>
/// <param name="Decoder">Shape of the decoder stack.</param>
/// <param name="SourceVocabSize">Number of source ids.</param>
/// <param name="TargetVocabSize">Number of target ids.</param>
/// <param name="Norm">The norm axis.</param>
/// <param name="Positions">The position axis.</param>
/// <param name="FeedForward">The inside of the feed-forward.</param>
/// <param name="ScaleAttention">Whether attention scores are multiplied by 1/√HeadDim.</param>
/// <param name="Bias">Which projections have biases.</param>
/// <param name="Embedding">How tokens enter and logits leave.</param>
/// <param name="Weights">How matrices are packed.</param>
/// <param name="Tokens">The ids with a meaning.</param>
/// <param name="Names">The tensor-name scheme of the weight file.</param>
/// <param name="Options">What is generated beside the plain model.</param>
internal sealed record TransformerSpec(
    TypeSpec Type,
    string Family,
    string? Config,
    StackSpec Encoder,
    StackSpec Decoder,
    int SourceVocabSize,
    int TargetVocabSize,
    NormSpec Norm,
    PositionSpec Positions,
    FeedForwardSpec FeedForward,
    bool ScaleAttention,
    BiasSpec Bias,
    EmbeddingSpec Embedding,
    WeightTypesSpec Weights,
    TokenSpec Tokens,
    TensorNames Names,
    OptionSpec Options)
{
    /// <summary>The generated default options of decoding; null where a declaration names no configuration file, or has no search.</summary>
    public DefaultsSpec? Defaults { get; init; }

    /// <summary>The generated enumeration of languages; null where no file says which there are.</summary>
    public LanguagesSpec? Languages { get; init; }
}

/// <summary>One stack's sizes. <paramref name="MaxLength"/> is the most positions it is given.</summary>
internal sealed record StackSpec(int Layers, int ModelDim, int Heads, int HeadDim, int FeedForwardDim, int MaxLength)
{
    /// <summary>Width of all heads side by side; not always the model's width.</summary>
    public int InnerDim => Heads * HeadDim;
}

/// <summary>The norm axis: what norms do, where they stand, their ε, whether they add β, and whether embeddings and stack outputs are normed too.</summary>
internal sealed record NormSpec(NormKind Kind, NormPlacement Placement, float Epsilon, bool Bias, bool Embedding, bool Final);

/// <summary>The position axis. <paramref name="Offset"/> is the table row or sinusoid position of the first token; <paramref name="MaxPositions"/> counts a learned table's trained rows; <paramref name="Buckets"/> and <paramref name="MaxDistance"/> are those of relative positions.</summary>
internal sealed record PositionSpec(PositionEncoding Encoding, int Offset, int MaxPositions, int Buckets, int MaxDistance)
{
    /// <summary>Whether positions act on attention scores; otherwise a table is added to the embeddings.</summary>
    public bool IsRelative => Encoding == PositionEncoding.RelativeBuckets;
}

/// <summary>The inside of the feed-forward: its activation, and whether a second projection multiplies it.</summary>
internal sealed record FeedForwardSpec(ActivationFunction Activation, bool Gated);

/// <summary>Which projections add a bias.</summary>
internal sealed record BiasSpec(bool Query, bool Key, bool Value, bool OutputProjection, bool FeedForward);

/// <summary>How tokens enter (scaled, shared table) and logits leave (tied to the decoder's table, of a scaled decoder output, biased).</summary>
internal sealed record EmbeddingSpec(bool Scale, bool Share, bool TieOutput, bool ScaleOutput, bool OutputBias);

/// <summary>Ids with a meaning. <paramref name="MaskPad"/>: padding must never be produced.</summary>
internal sealed record TokenSpec(int Start, int End, int Pad, bool MaskPad);

/// <summary>What is generated beside the plain model, and the compilation's relevant switches.</summary>
internal sealed record OptionSpec(
    bool CrossAttention,
    RecordingSpec? Recording,
    int MaxBatch,
    int MaxBeams,
    DecodingFeatures Decoding,
    int StackBudget,
    int? StateBudget,
    long? WeightBudget,
    bool StackOnly,
    string? EmbeddedWeights,
    string? CExport,
    bool SkipLocalsInit)
{
    /// <summary>Hypotheses that have caches of their own.</summary>
    public int Lanes => MaxBatch * MaxBeams;

    /// <summary>Whether there is a batch: memory for more than one hypothesis.</summary>
    public bool HasBatch => Lanes > 1;

    /// <summary>Whether a feature is generated.</summary>
    public bool Has(DecodingFeatures feature) => (Decoding & feature) == feature;
}
