namespace Formwork;

/// <summary>What a norm does to a row of the residual stream.</summary>
public enum NormKind
{
    /// <summary><c>(x − mean) / √(variance + ε) · γ + β</c>: "Layer Normalization" (Ba, Kiros and Hinton, 2016).</summary>
    LayerNorm = 0,

    /// <summary><c>x / √(mean(x²) + ε) · γ</c>: "Root Mean Square Layer Normalization" (Zhang and Sennrich, 2019), as in T5.</summary>
    RmsNorm = 1,
}
