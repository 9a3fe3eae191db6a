namespace Formwork.Generator.Model.Families;

/// <summary>Hugging Face's <c>PegasusForConditionalGeneration</c> (Zhang et al. 2020).</summary>
internal static class Pegasus
{
    public static FamilySpec Spec { get; } = new(
        Name: "Pegasus",
        Value: 6,
        Norm: new(NormKind.LayerNorm, NormPlacement.Before, Epsilon: 1e-5f, Bias: true, Embedding: false, Final: true),
        Positions: PositionEncoding.SinusoidHuggingFace,
        PositionOffset: 0,
        FeedForward: new(ActivationFunction.Relu, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true),
        Embedding: new(Scale: true, Share: true, TieOutput: true, ScaleOutput: false, OutputBias: true),
        Tokens: new(Start: 0, End: 1, Pad: 0, MaskPad: false),
        Names: TensorNames.HuggingFace(outputBias: "final_logits_bias", outputBiasMayBeAbsent: true));
}
