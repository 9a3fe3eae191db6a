namespace Formwork.Benchmarks.Shapes;

/// <summary>The shape of the opus-mt translators, with a vocabulary of 32,000: its weights come from memory at every step.</summary>
internal static partial class ShapeC
{
    private const int Layers = 6;
    private const int ModelDim = 512;
    private const int Heads = 8;
    private const int FeedForwardDim = 2048;
    private const int VocabSize = 32000;
    private const int SourceLength = 32;
    private const int TargetLength = 32;
    private const ActivationFunction Activation = ActivationFunction.Silu;

    /// <summary>The sizes.</summary>
    public static Shape Sizes { get; } =
        new("C", Layers, Layers, ModelDim, Heads, FeedForwardDim, VocabSize, SourceLength, TargetLength, Activation);

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
