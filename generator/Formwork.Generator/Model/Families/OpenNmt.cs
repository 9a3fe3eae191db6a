namespace Formwork.Generator.Model.Families;

/// <summary>OpenNMT-tf's transformer as CTranslate2 converts it: pre-norm, positions counted from 1, vocabularies and output matrix of their own.</summary>
internal static class OpenNmt
{
    public static FamilySpec Spec { get; } = new(
        Name: "OpenNmt",
        Value: 3,
        Norm: new(NormKind.LayerNorm, NormPlacement.Before, Epsilon: 1e-5f, Bias: true, Embedding: false, Final: true),
        Positions: PositionEncoding.SinusoidTensorToTensor,
        PositionOffset: 1,
        FeedForward: new(ActivationFunction.Relu, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true),
        Embedding: new(Scale: true, Share: false, TieOutput: false, ScaleOutput: false, OutputBias: true),
        Tokens: new(Start: 1, End: 2, Pad: 0, MaskPad: false),
        Names: TensorNames.HuggingFace(outputBias: "lm_head.bias", outputBiasMayBeAbsent: false));
}
