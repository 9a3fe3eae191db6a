namespace Formwork;

/// <summary>
/// A named set of choices on every axis of an encoder–decoder transformer. Each choice can be overridden by a property of
/// <see cref="TransformerAttribute"/>.
/// </summary>
public enum Family
{
    /// <summary>
    /// The original transformer (Vaswani et al. 2017, "Attention Is All You Need"): norm after each residual, interleaved
    /// sinusoids from position 0, ReLU, attention projections without bias, embeddings × √ModelDim, one table for source, target and output.
    /// </summary>
    Vaswani = 0,

    /// <summary>
    /// Marian as published by Hugging Face (<c>MarianMTModel</c>, the opus-mt checkpoints): norm after each residual, sinusoids in
    /// halves with <c>10000^(−2j/d)</c>, SiLU, all projections biased, one table for source, target and output, and a logits bias.
    /// </summary>
    Marian = 1,

    /// <summary>
    /// BART (Lewis et al. 2019): norm after each residual, a norm on the embeddings, learned positions stored from row 2, GELU (erf),
    /// unscaled embeddings, one table for source, target and output, and a logits bias.
    /// </summary>
    Bart = 2,

    /// <summary>
    /// OpenNMT's transformer as CTranslate2 converts it: norm before each sub-layer and at the end of both stacks, tensor2tensor's
    /// sinusoids from position 1, ReLU, embeddings × √ModelDim, separate vocabularies and an output projection of its own with a bias.
    /// </summary>
    OpenNmt = 3,

    /// <summary>
    /// T5 1.0 (Raffel et al. 2020): RMS norm before each sub-layer and at the end of both stacks, relative position buckets, unscaled attention, ReLU, no
    /// biases, one table, and a decoder output × 1/√ModelDim. T5 1.1, FLAN-T5 and mT5 say <c>GatedFeedForward = true, Activation =
    /// ActivationFunction.GeluTanh, TieOutput = false, ScaleOutput = false</c>.
    /// </summary>
    T5 = 4,

    /// <summary>mBART (Liu et al. 2020): BART with the norm before each sub-layer and at the end of both stacks, and embeddings × √ModelDim.</summary>
    MBart = 5,

    /// <summary>
    /// Pegasus (Zhang et al. 2020): norm before each sub-layer and at the end of both stacks, Marian's sinusoids, ReLU, embeddings × √ModelDim, a logits bias.
    /// </summary>
    Pegasus = 6,

    /// <summary>
    /// M2M100 and NLLB (Fan et al. 2020): norm before each sub-layer and at the end of both stacks, tensor2tensor's sinusoids from position 2 (the
    /// padding id + 1), ReLU, embeddings × √ModelDim, no logits bias.
    /// </summary>
    M2M100 = 7,
}
