namespace Formwork.Generator.Model.Families;

/// <summary>Hugging Face's <c>T5ForConditionalGeneration</c>, version 1.0 (Raffel et al. 2020).</summary>
internal static class T5
{
    public static FamilySpec Spec { get; } = new(
        Name: "T5",
        Value: 4,
        Norm: new(NormKind.RmsNorm, NormPlacement.Before, Epsilon: 1e-6f, Bias: false, Embedding: false, Final: true),
        Positions: PositionEncoding.RelativeBuckets,
        PositionOffset: 0,
        FeedForward: new(ActivationFunction.Relu, Gated: false),
        ScaleAttention: false,
        Bias: new(Query: false, Key: false, Value: false, OutputProjection: false, FeedForward: false),
        Embedding: new(Scale: false, Share: true, TieOutput: true, ScaleOutput: true, OutputBias: false),
        Tokens: new(Start: 0, End: 1, Pad: 0, MaskPad: false),
        Names: TensorNames.T5);
}
