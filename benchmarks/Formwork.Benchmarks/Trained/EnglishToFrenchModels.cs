namespace Formwork.Benchmarks.Trained;

/// <summary>The Translate sample's model, whose weights are part of the repository as 16-bit floats.</summary>
internal static partial class EnglishToFrenchModels
{
    private const int VocabSize = 8000;
    private const int SourceLength = 128;
    private const int TargetLength = 128;
    private const int MaxBatch = 16;

    /// <summary>The most beams that a corpus is searched with.</summary>
    public const int MaxBeams = 8;

    /// <summary>The model.</summary>
    public static TrainedModel Model { get; } = new(
        "en-fr", SourceLength, TargetLength, VocabSize, Float32.PadToken, Float32.StartToken, Float32.EndToken, Uniform(), Mixes());

    private static IReadOnlyList<ModelVariant> Uniform() =>
    [
        ModelVariant.Of("float32", Float32.WeightBytes, Float32.StateBytes, static (path, threads) => Float32.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
        ModelVariant.Of("bfloat16", BFloat16.WeightBytes, BFloat16.StateBytes, static (path, threads) => BFloat16.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
        ModelVariant.Of("float16", Float16.WeightBytes, Float16.StateBytes, static (path, threads) => Float16.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
        ModelVariant.Of("int8", Int8.WeightBytes, Int8.StateBytes, static (path, threads) => Int8.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
        ModelVariant.Of("int4", Int4.WeightBytes, Int4.StateBytes, static (path, threads) => Int4.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
    ];

    private static IReadOnlyList<ModelVariant> Mixes() =>
    [
        ModelVariant.Of("int8/float16-embeddings", Int8Float16Embeddings.WeightBytes, Int8Float16Embeddings.StateBytes, static (path, threads) => Int8Float16Embeddings.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
        ModelVariant.Of("int4/int8-embeddings", Int4Int8Embeddings.WeightBytes, Int4Int8Embeddings.StateBytes, static (path, threads) => Int4Int8Embeddings.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
        ModelVariant.Of("int8/int4-feed-forward", Int8Int4FeedForward.WeightBytes, Int8Int4FeedForward.StateBytes, static (path, threads) => Int8Int4FeedForward.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s),
            static (m, x) => m.GenerateBatch(x), new(static (m, o) => m.CreateSearch(o), static (m, x, s) => m.Generate(x, s), static (m, x, o) => m.GenerateBatch(x, o))),
    ];

    /// <summary>With 32-bit floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams)]
    public sealed partial class Float32;

    /// <summary>With the upper halves of floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.BFloat16)]
    public sealed partial class BFloat16;

    /// <summary>With half-precision floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.Float16)]
    public sealed partial class Float16;

    /// <summary>With 8-bit weights.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.Int8)]
    public sealed partial class Int8;

    /// <summary>With 4-bit weights.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.Int4)]
    public sealed partial class Int4;

    /// <summary>With 8-bit weights, but half-precision embeddings, which are the output projection too.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.Int8, EmbeddingWeights = WeightType.Float16)]
    public sealed partial class Int8Float16Embeddings;

    /// <summary>With 4-bit weights, but 8-bit embeddings, which are the output projection too.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.Int4, EmbeddingWeights = WeightType.Int8)]
    public sealed partial class Int4Int8Embeddings;

    /// <summary>With 8-bit weights, but 4-bit ones in the feed-forward, where most of them are.</summary>
    [Transformer(Family.Marian,
        ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256, Activation = ActivationFunction.Relu,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxBatch = MaxBatch, MaxBeams = MaxBeams,
        Weights = WeightType.Int8, FeedForwardWeights = WeightType.Int4)]
    public sealed partial class Int8Int4FeedForward;
}
