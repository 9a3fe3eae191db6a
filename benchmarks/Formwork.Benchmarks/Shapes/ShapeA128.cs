namespace Formwork.Benchmarks.Shapes;

/// <summary>A tiny model of width 128, such as those that turn letters into sounds.</summary>
internal static partial class ShapeA128
{
    private const int Layers = 2;
    private const int ModelDim = 128;
    private const int Heads = 4;
    private const int FeedForwardDim = 512;
    private const int VocabSize = 100;
    private const int SourceLength = 16;
    private const int TargetLength = 16;
    private const ActivationFunction Activation = ActivationFunction.Relu;

    /// <summary>The sizes.</summary>
    public static Shape Sizes { get; } =
        new("A128", Layers, Layers, ModelDim, Heads, FeedForwardDim, VocabSize, SourceLength, TargetLength, Activation);

    /// <summary>The declared models.</summary>
    public static IReadOnlyList<ShapeModel> Models { get; } =
    [
        ShapeModel.Of(Sizes, "float32", Float32.WeightBytes, Float32.StateBytes, Float32.Load,
            static (m, source, state) => m.Encode(source, state), static (m, source, target, state) => m.Generate(source, target, state)),
    ];

    /// <summary>With 32-bit floats.</summary>
    [Transformer(Family.Marian,
        ModelDim = ModelDim, Heads = Heads, EncoderLayers = Layers, DecoderLayers = Layers, FeedForwardDim = FeedForwardDim,
        VocabSize = VocabSize, SourceLength = SourceLength, TargetLength = TargetLength, Activation = Activation)]
    public sealed partial class Float32;
}
