namespace Formwork;

/// <summary>
/// Declares an encoder–decoder transformer of one fixed shape. The partial class that carries the attribute receives the whole
/// model — encoder, masked self-attention, cross-attention, feed-forward, logits, caches — as generated code for exactly this shape.
/// </summary>
/// <remarks>
/// Only the properties that are written count: an axis that is left out takes the family's choice. Sizes have no default.
/// </remarks>
/// <example>
/// <code>
/// [Transformer(Family.Marian,
///     ModelDim = 512, Heads = 8, EncoderLayers = 6, DecoderLayers = 6, FeedForwardDim = 2048,
///     VocabSize = 59514, SourceLength = 128, TargetLength = 128)]
/// public sealed partial class EnglishToFrench;
/// </code>
/// or, with every number taken from the model's own configuration at compile time, an <c>AdditionalFiles</c> item of the project:
/// <code>
/// [Transformer("opus-mt-en-fr/config.json", SourceLength = 128, TargetLength = 128)]
/// public sealed partial class EnglishToFrench;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TransformerAttribute : Attribute
{
    /// <summary>Declares a model by its family and its sizes.</summary>
    /// <param name="family">The family whose conventions the model follows.</param>
    public TransformerAttribute(Family family) => Family = family;

    /// <summary>
    /// Declares a model by its Hugging Face <c>config.json</c>, which must be an <c>AdditionalFiles</c> item. Its <c>model_type</c> picks the family; each
    /// field is honoured, known to be irrelevant to inference, or refused by name. Options written here override it. Lengths that are left out are
    /// the most that the model was trained for.
    /// </summary>
    /// <param name="config">The file's path, or enough of its end to tell it from the others.</param>
    public TransformerAttribute(string config) => Config = config;

    /// <summary>The default of <see cref="StackBudget"/>: 128 KiB, half of a small thread's stack.</summary>
    public const int DefaultStackBudget = 128 * 1024;

    /// <summary>The family whose conventions the model follows, where no configuration file names it.</summary>
    public Family Family { get; }

    /// <summary>The configuration file that the numbers come from, or null.</summary>
    public string? Config { get; }

    /// <summary>
    /// Fields of the configuration file that Formwork does not know and that do not change what the model computes. An unknown field that is not named
    /// here is refused, because nobody can tell what it means. The same holds for <c>generation_config.json</c> beside it; an argument of
    /// <c>generate</c> that is named here counts as absent.
    /// </summary>
    public string[]? IgnoredConfigFields { get; set; }

    /// <summary>Width of the residual stream (d_model) of both stacks.</summary>
    public int ModelDim { get; set; }

    /// <summary>Width of the encoder alone, where it is written differently. It must equal the decoder's: cross-attention has one width.</summary>
    public int EncoderModelDim { get; set; }

    /// <summary>Width of the decoder alone, where it is written differently. It must equal the encoder's: cross-attention has one width.</summary>
    public int DecoderModelDim { get; set; }

    /// <summary>Attention heads of both stacks.</summary>
    public int Heads { get; set; }

    /// <summary>Attention heads of the encoder, where they differ from the decoder's.</summary>
    public int EncoderHeads { get; set; }

    /// <summary>Attention heads of the decoder, where they differ from the encoder's.</summary>
    public int DecoderHeads { get; set; }

    /// <summary>Width of one attention head. Left out: ModelDim / Heads.</summary>
    public int HeadDim { get; set; }

    /// <summary>Number of encoder layers.</summary>
    public int EncoderLayers { get; set; }

    /// <summary>Number of decoder layers.</summary>
    public int DecoderLayers { get; set; }

    /// <summary>Inner width of the feed-forward sub-layer of both stacks.</summary>
    public int FeedForwardDim { get; set; }

    /// <summary>Inner width of the encoder's feed-forward sub-layer, where it differs.</summary>
    public int EncoderFeedForwardDim { get; set; }

    /// <summary>Inner width of the decoder's feed-forward sub-layer, where it differs.</summary>
    public int DecoderFeedForwardDim { get; set; }

    /// <summary>Number of token ids of source and target, where they share one vocabulary.</summary>
    public int VocabSize { get; set; }

    /// <summary>Number of source token ids, where source and target vocabularies differ.</summary>
    public int SourceVocabSize { get; set; }

    /// <summary>Number of target token ids, where source and target vocabularies differ.</summary>
    public int TargetVocabSize { get; set; }

    /// <summary>The most tokens that a source may have.</summary>
    public int SourceLength { get; set; }

    /// <summary>The most tokens that a target may have.</summary>
    public int TargetLength { get; set; }

    /// <summary>The id that the decoder is started with.</summary>
    public int StartToken { get; set; }

    /// <summary>The id that ends a target.</summary>
    public int EndToken { get; set; }

    /// <summary>The id of padding. Families whose padding must never be produced mask it.</summary>
    public int PadToken { get; set; }

    /// <summary>What a norm does.</summary>
    public NormKind NormKind { get; set; }

    /// <summary>Where the norms of a layer stand.</summary>
    public NormPlacement Norm { get; set; }

    /// <summary>The ε of every norm.</summary>
    public float NormEpsilon { get; set; }

    /// <summary>Whether a norm is applied to the embeddings before the first layer.</summary>
    public bool EmbeddingNorm { get; set; }

    /// <summary>Whether a norm is applied after the last layer of each stack.</summary>
    public bool FinalNorm { get; set; }

    /// <summary>Whether norms add a bias (β).</summary>
    public bool NormBias { get; set; }

    /// <summary>How positions enter.</summary>
    public PositionEncoding Positions { get; set; }

    /// <summary>The row of the position table, or the position of the sinusoid, that the first token takes.</summary>
    public int PositionOffset { get; set; }

    /// <summary>Number of positions that a learned table was trained for, not counting its <see cref="PositionOffset"/> first rows.</summary>
    public int MaxPositions { get; set; }

    /// <summary>With <see cref="PositionEncoding.RelativeBuckets"/>: how many buckets distances fall into, a multiple of 4 up to 256 (T5: 32).</summary>
    public int RelativeBuckets { get; set; }

    /// <summary>With <see cref="PositionEncoding.RelativeBuckets"/>: the distance from which on all fall into the last bucket (T5: 128).</summary>
    public int RelativeMaxDistance { get; set; }

    /// <summary>Whether attention scores are multiplied by 1/√HeadDim.</summary>
    public bool ScaleAttention { get; set; }

    /// <summary>The activation of the feed-forward sub-layer.</summary>
    public ActivationFunction Activation { get; set; }

    /// <summary>Whether the feed-forward's inside is <c>activation(x·W1) · (x·Wg)</c> rather than <c>activation(x·W1)</c> ("GLU Variants Improve Transformer", Shazeer, 2020).</summary>
    public bool GatedFeedForward { get; set; }

    /// <summary>Whether the attention's query, key, value and output projections have biases (all four at once).</summary>
    public bool AttentionBias { get; set; }

    /// <summary>Whether the query projection has a bias.</summary>
    public bool QueryBias { get; set; }

    /// <summary>Whether the key projection has a bias.</summary>
    public bool KeyBias { get; set; }

    /// <summary>Whether the value projection has a bias.</summary>
    public bool ValueBias { get; set; }

    /// <summary>Whether the attention's output projection has a bias.</summary>
    public bool OutputProjectionBias { get; set; }

    /// <summary>Whether the two feed-forward projections have biases.</summary>
    public bool FeedForwardBias { get; set; }

    /// <summary>Whether embeddings are multiplied by √ModelDim.</summary>
    public bool ScaleEmbedding { get; set; }

    /// <summary>Whether encoder and decoder look their tokens up in one table.</summary>
    public bool ShareEmbeddings { get; set; }

    /// <summary>Whether the logits are products with the decoder's embedding table rather than with a matrix of their own.</summary>
    public bool TieOutput { get; set; }

    /// <summary>Whether the decoder's output is multiplied by 1/√ModelDim before the logits.</summary>
    public bool ScaleOutput { get; set; }

    /// <summary>Whether a bias is added to the logits.</summary>
    public bool OutputBias { get; set; }

    /// <summary>How matrices lie in memory, whatever the checkpoint stores (default <see cref="WeightType.Float32"/>).</summary>
    public WeightType Weights { get; set; }

    /// <summary>The weight type of embedding tables, where it differs; with a tied output that of the output projection too.</summary>
    public WeightType EmbeddingWeights { get; set; }

    /// <summary>The weight type of the attentions' projections, where it differs.</summary>
    public WeightType AttentionWeights { get; set; }

    /// <summary>The weight type of the feed-forward projections, where it differs.</summary>
    public WeightType FeedForwardWeights { get; set; }

    /// <summary>The weight type of the output projection, where it differs.</summary>
    public WeightType OutputWeights { get; set; }

    /// <summary>
    /// Whether the decoder has its cross-attention sub-layers (default true). False cuts them out of a model trained with them, which
    /// shows what they do: the output then has nothing to do with the source.
    /// </summary>
    public bool CrossAttention { get; set; }

    /// <summary>
    /// The most sources that <c>GenerateBatch</c> decodes together, 1 to 64 (default 1: no such method is generated). Weights are read once
    /// for all of them, so throughput grows; each target is the one that <c>Generate</c> gives.
    /// </summary>
    public int MaxBatch { get; set; }

    /// <summary>
    /// The most hypotheses that a beam search follows, 1 to 64 (default 1: no beam search is generated). They share the source's cross-attention
    /// keys and values; each has self-attention caches of its own.
    /// </summary>
    public int MaxBeams { get; set; }

    /// <summary>What is generated for decoding beside greedy search (default <see cref="DecodingFeatures.All"/>).</summary>
    public DecodingFeatures Decoding { get; set; } = DecodingFeatures.All;

    /// <summary>Whether the state keeps cross-attention weights for reading, every layer's and head's unless narrowed (default false).</summary>
    public bool RecordCrossAttention { get; set; }

    /// <summary>
    /// The decoder layers, counted from 0, whose cross-attention weights are kept, with <see cref="RecordCrossAttention"/>. Left out: all. Others
    /// take neither memory nor time.
    /// </summary>
    public int[]? RecordLayers { get; set; }

    /// <summary>The heads, counted from 0, of each recorded layer whose weights are kept, with <see cref="RecordCrossAttention"/>. Left out: all.</summary>
    public int[]? RecordHeads { get; set; }

    /// <summary>The most bytes of stack that one chain of generated frames may take; larger scratch moves to the state. Default <see cref="DefaultStackBudget"/>.</summary>
    public int StackBudget { get; set; }

    /// <summary>The most bytes that a state, and a batch where there is one, may take; compilation fails beyond it. Left out: any number.</summary>
    public int StateBudget { get; set; }

    /// <summary>The most bytes that the packed weights may take; compilation fails beyond it. Left out: any number.</summary>
    public long WeightBudget { get; set; }

    /// <summary>Whether scratch and state must both live on the stack (default false): compilation fails where they exceed <see cref="StackBudget"/>.</summary>
    public bool StackOnly { get; set; }

    /// <summary>
    /// The name of an embedded resource that holds the weights, packed (<c>.fw</c>) or as safetensors: a <c>Load</c> without a path is generated
    /// that reads them from the assembly itself. Left out: none.
    /// </summary>
    public string? EmbeddedWeights { get; set; }

    /// <summary>
    /// The prefix of C entry points, a C identifier such as <c>"enfr"</c>: <c>enfr_create_from_file</c>, <c>enfr_generate</c> and the others are exported
    /// from a native library that is published ahead of time, and their header <c>enfr.h</c> is written. Left out: none.
    /// </summary>
    public string? CExport { get; set; }

    /// <summary>
    /// The weight manifest, an <c>AdditionalFiles</c> item that <c>formwork manifest</c> writes, with which every tensor is compared at compile
    /// time. Left out: none, unless an item's metadata <c>FormworkModel</c> names the model.
    /// </summary>
    public string? Manifest { get; set; }
}
