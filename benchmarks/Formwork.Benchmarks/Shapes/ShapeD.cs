namespace Formwork.Benchmarks.Shapes;

/// <summary>Nearly whisper-tiny's shape: 1,500 rows to encode and a large vocabulary. The rows come from tokens, not from sound.</summary>
internal static partial class ShapeD
{
    private const int Layers = 4;
    private const int ModelDim = 384;
    private const int Heads = 6;
    private const int FeedForwardDim = 1536;
    private const int VocabSize = 51865;
    private const int SourceLength = 1500;
    private const int TargetLength = 32;
    private const ActivationFunction Activation = ActivationFunction.GeluErf;

    /// <summary>The sizes.</summary>
    public static Shape Sizes { get; } =
        new("D", Layers, Layers, ModelDim, Heads, FeedForwardDim, VocabSize, SourceLength, TargetLength, Activation);

    /// <summary>The declared models.</summary>
    public static IReadOnlyList<ShapeModel> Models { get; } =
    [
        ShapeModel.Of(Sizes, "float32", Float32.WeightBytes, Float32.StateBytes, Float32.Load,
            static (m, source, state) => m.Encode(source, state), static (m, source, target, state) => m.Generate(source, target, state)),
        ShapeModel.Of(Sizes, "bfloat16", BFloat16.WeightBytes, BFloat16.StateBytes, BFloat16.Load,
            static (m, source, state) => m.Encode(source, state), static (m, source, target, state) => m.Generate(source, target, state)),
        ShapeModel.Of(Sizes, "float16", Float16.WeightBytes, Float16.StateBytes, Float16.Load,
            static (m, source, state) => m.Encode(source, state), static (m, source, target, state) => m.Generate(source, target, state)),
        ShapeModel.Of(Sizes, "int8", Int8.WeightBytes, Int8.StateBytes, Int8.Load,
            static (m, source, state) => m.Encode(source, state), static (m, source, target, state) => m.Generate(source, target, state)),
        ShapeModel.Of(Sizes, "int4", Int4.WeightBytes, Int4.StateBytes, Int4.Load,
            static (m, source, state) => m.Encode(source, state), static (m, source, target, state) => m.Generate(source, target, state)),
    ];

    /// <summary>With 32-bit floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = ModelDim, Heads = Heads, EncoderLayers = Layers, DecoderLayers = Layers, FeedForwardDim = FeedForwardDim,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, Activation = Activation)]
    public sealed partial class Float32;

    /// <summary>With the upper halves of floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = ModelDim, Heads = Heads, EncoderLayers = Layers, DecoderLayers = Layers, FeedForwardDim = FeedForwardDim,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, Activation = Activation, Weights = WeightType.BFloat16)]
    public sealed partial class BFloat16;

    /// <summary>With half-precision floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = ModelDim, Heads = Heads, EncoderLayers = Layers, DecoderLayers = Layers, FeedForwardDim = FeedForwardDim,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, Activation = Activation, Weights = WeightType.Float16)]
    public sealed partial class Float16;

    /// <summary>With 8-bit weights.</summary>
    [Transformer(Family.Marian,
        ModelDim = ModelDim, Heads = Heads, EncoderLayers = Layers, DecoderLayers = Layers, FeedForwardDim = FeedForwardDim,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, Activation = Activation, Weights = WeightType.Int8)]
    public sealed partial class Int8;

    /// <summary>With 4-bit weights.</summary>
    [Transformer(Family.Marian,
        ModelDim = ModelDim, Heads = Heads, EncoderLayers = Layers, DecoderLayers = Layers, FeedForwardDim = FeedForwardDim,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, Activation = Activation, Weights = WeightType.Int4)]
    public sealed partial class Int4;
}
