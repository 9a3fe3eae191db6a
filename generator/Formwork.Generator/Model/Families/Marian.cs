namespace Formwork.Generator.Model.Families;

/// <summary>Hugging Face's <c>MarianMTModel</c> with the choices of the opus-mt checkpoints' <c>config.json</c>.</summary>
internal static class Marian
{
    public static FamilySpec Spec { get; } = new(
        Name: "Marian",
        Value: 1,
        Norm: new(NormKind.LayerNorm, NormPlacement.After, Epsilon: 1e-5f, Bias: true, Embedding: false, Final: false),
        Positions: PositionEncoding.SinusoidHuggingFace,
        PositionOffset: 0,
        FeedForward: new(ActivationFunction.Silu, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true),
        Embedding: new(Scale: true, Share: true, TieOutput: true, ScaleOutput: false, OutputBias: true),
        Tokens: new(Start: FamilyTokens.LastId, End: 0, Pad: FamilyTokens.LastId, MaskPad: true),
        Names: TensorNames.HuggingFace(outputBias: "final_logits_bias", outputBiasMayBeAbsent: true));
}
