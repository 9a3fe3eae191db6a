namespace Formwork.Generator.Model.Families;

/// <summary>Hugging Face's <c>MBartForConditionalGeneration</c> (Liu et al. 2020); the position table's first two rows are never used.</summary>
internal static class MBart
{
    public static FamilySpec Spec { get; } = new(
        Name: "MBart",
        Value: 5,
        Norm: new(NormKind.LayerNorm, NormPlacement.Before, Epsilon: 1e-5f, Bias: true, Embedding: true, Final: true),
        Positions: PositionEncoding.Learned,
        PositionOffset: 2,
        FeedForward: new(ActivationFunction.GeluErf, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true),
        Embedding: new(Scale: true, Share: true, TieOutput: true, ScaleOutput: false, OutputBias: true),
        Tokens: new(Start: 2, End: 2, Pad: 1, MaskPad: false),
        Names: TensorNames.HuggingFace(outputBias: "final_logits_bias", outputBiasMayBeAbsent: true));
}
