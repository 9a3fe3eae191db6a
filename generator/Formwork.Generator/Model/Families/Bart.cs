namespace Formwork.Generator.Model.Families;

/// <summary>Hugging Face's <c>BartForConditionalGeneration</c> (Lewis et al. 2019); the position table's first two rows are never used.</summary>
internal static class Bart
{
    public static FamilySpec Spec { get; } = new(
        Name: "Bart",
        Value: 2,
        Norm: new(NormKind.LayerNorm, NormPlacement.After, Epsilon: 1e-5f, Bias: true, Embedding: true, Final: false),
        Positions: PositionEncoding.Learned,
        PositionOffset: 2,
        FeedForward: new(ActivationFunction.GeluErf, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true),
        Embedding: new(Scale: false, Share: true, TieOutput: true, ScaleOutput: false, OutputBias: true),
        Tokens: new(Start: 2, End: 2, Pad: 1, MaskPad: false),
        Names: TensorNames.HuggingFace(outputBias: "final_logits_bias", outputBiasMayBeAbsent: true) with
        {
            // Files that were made of fairseq's hold its version's number; Hugging Face's class passes over it.
            Ignored = new(["model.encoder.version", "model.decoder.version"]),
        });
}
