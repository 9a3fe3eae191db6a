namespace Formwork.Generator.Model.Families;

/// <summary>Hugging Face's <c>M2M100ForConditionalGeneration</c>, NLLB too (Fan et al. 2020): the first token's position is the padding id + 1, rows that padding would take left out.</summary>
internal static class M2M100
{
    public static FamilySpec Spec { get; } = new(
        Name: "M2M100",
        Value: 7,
        Norm: new(NormKind.LayerNorm, NormPlacement.Before, Epsilon: 1e-5f, Bias: true, Embedding: false, Final: true),
        Positions: PositionEncoding.SinusoidTensorToTensor,
        PositionOffset: 2,
        FeedForward: new(ActivationFunction.Relu, Gated: false),
        ScaleAttention: true,
        Bias: new(Query: true, Key: true, Value: true, OutputProjection: true, FeedForward: true),
        Embedding: new(Scale: true, Share: true, TieOutput: true, ScaleOutput: false, OutputBias: false),
        Tokens: new(Start: 2, End: 2, Pad: 1, MaskPad: false),
        Names: TensorNames.HuggingFace(outputBias: "final_logits_bias", outputBiasMayBeAbsent: true) with
        {
            // Files from before transformers 4.33 hold the sinusoids under these names; they are what is computed.
            Ignored = new(["model.encoder.embed_positions.weights", "model.decoder.embed_positions.weights"]),
        });
}
