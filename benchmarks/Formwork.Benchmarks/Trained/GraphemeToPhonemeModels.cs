namespace Formwork.Benchmarks.Trained;

/// <summary>The published BART grapheme-to-phoneme model, whose weights are 32-bit floats and lie beside the repository.</summary>
internal static partial class GraphemeToPhonemeModels
{
    private const int VocabSize = 63;
    private const int SourceLength = 64;
    private const int TargetLength = 64;

    /// <summary>The model.</summary>
    public static TrainedModel Model { get; } = new(
        "bart-g2p", SourceLength, TargetLength, VocabSize, VocabSize, Float32.StartToken, Float32.EndToken, Uniform(), Mixes());

    private static IReadOnlyList<ModelVariant> Uniform() =>
    [
        ModelVariant.Of("float32", Float32.WeightBytes, Float32.StateBytes, static (path, threads) => Float32.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
        ModelVariant.Of("bfloat16", BFloat16.WeightBytes, BFloat16.StateBytes, static (path, threads) => BFloat16.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
        ModelVariant.Of("float16", Float16.WeightBytes, Float16.StateBytes, static (path, threads) => Float16.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
        ModelVariant.Of("int8", Int8.WeightBytes, Int8.StateBytes, static (path, threads) => Int8.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
        ModelVariant.Of("int4", Int4.WeightBytes, Int4.StateBytes, static (path, threads) => Int4.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
    ];

    private static IReadOnlyList<ModelVariant> Mixes() =>
    [
        ModelVariant.Of("int8/float16-embeddings", Int8Float16Embeddings.WeightBytes, Int8Float16Embeddings.StateBytes, static (path, threads) => Int8Float16Embeddings.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
        ModelVariant.Of("int4/int8-embeddings", Int4Int8Embeddings.WeightBytes, Int4Int8Embeddings.StateBytes, static (path, threads) => Int4Int8Embeddings.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
        ModelVariant.Of("int8/int4-feed-forward", Int8Int4FeedForward.WeightBytes, Int8Int4FeedForward.StateBytes, static (path, threads) => Int8Int4FeedForward.Load(path, threads),
            static (m, x, s) => { m.Encode(x, s); m.PrecomputeCrossCache(s); }, static (m, t, s, y) => m.DecodeStep(t, s, y), static (m, x, y, s) => m.Generate(x, y, s)),
    ];

    /// <summary>With 32-bit floats.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0)]
    public sealed partial class Float32;

    /// <summary>With the upper halves of floats.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.BFloat16)]
    public sealed partial class BFloat16;

    /// <summary>With half-precision floats.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.Float16)]
    public sealed partial class Float16;

    /// <summary>With 8-bit weights.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.Int8)]
    public sealed partial class Int8;

    /// <summary>With 4-bit weights.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.Int4)]
    public sealed partial class Int4;

    /// <summary>With 8-bit weights, but half-precision embeddings, which are the output projection too.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.Int8, EmbeddingWeights = WeightType.Float16)]
    public sealed partial class Int8Float16Embeddings;

    /// <summary>With 4-bit weights, but 8-bit embeddings, which are the output projection too.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.Int4, EmbeddingWeights = WeightType.Int8)]
    public sealed partial class Int4Int8Embeddings;

    /// <summary>With 8-bit weights, but 4-bit ones in the feed-forward, where most of them are.</summary>
    [Transformer(Family.Bart,
        ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, MaxPositions = TargetLength,
        StartToken = 1, EndToken = 2, PadToken = 0,
        Weights = WeightType.Int8, FeedForwardWeights = WeightType.Int4)]
    public sealed partial class Int8Int4FeedForward;
}
