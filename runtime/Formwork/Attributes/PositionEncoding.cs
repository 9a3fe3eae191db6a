namespace Formwork;

/// <summary>How a token's position enters the model. In the formulas p is the position, d the model width and j counts pairs.</summary>
public enum PositionEncoding
{
    /// <summary>A trained table with one row a position.</summary>
    Learned = 0,

    /// <summary>The original paper: sin at column 2j and cos at column 2j+1 of <c>p · 10000^(−2j/d)</c>.</summary>
    SinusoidInterleaved = 1,

    /// <summary>Hugging Face's Marian and Pegasus: sin in the first half, cos in the second half, of <c>p · 10000^(−2j/d)</c>.</summary>
    SinusoidHuggingFace = 2,

    /// <summary>tensor2tensor, OpenNMT and Marian C++: sin in the first half, cos in the second half, of <c>p · exp(−j · ln(10000)/(d/2−1))</c>.</summary>
    SinusoidTensorToTensor = 3,

    /// <summary>
    /// T5: nothing is added to the embeddings; self-attention's scores get a trained number for the bucket that the distance from query to key falls
    /// into, per head and the same in every layer. Cross-attention has none.
    /// </summary>
    RelativeBuckets = 4,
}
