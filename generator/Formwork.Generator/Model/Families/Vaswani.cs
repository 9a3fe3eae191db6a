namespace Formwork.Generator.Model.Families;

/// <summary>
/// The original transformer, "Attention Is All You Need" (2017) §3: the paper gives no ε and no ids; these are tensor2tensor's, its published code.
/// </summary>
internal static class Vaswani
{
    public static FamilySpec Spec { get; } = new(
        Name: "Vaswani",
        Value: 0,
        Norm: new(NormKind.LayerNorm, NormPlacement.After, Epsilon: 1e-6f, Bias: true, Embedding: false, Final: false),
        Positions: PositionEncoding.SinusoidInterleaved,
        PositionOffset: 0,
        FeedForward: new(ActivationFunction.Relu, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: false, Key: false, Value: false, OutputProjection: false, FeedForward: true),
        Embedding: new(Scale: true, Share: true, TieOutput: true, ScaleOutput: false, OutputBias: false),
        Tokens: new(Start: 0, End: 1, Pad: 0, MaskPad: false),
        Names: TensorNames.HuggingFace(outputBias: "lm_head.bias", outputBiasMayBeAbsent: false));
}
