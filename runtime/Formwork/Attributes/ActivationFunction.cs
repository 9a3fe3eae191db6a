namespace Formwork;

/// <summary>The function between the two projections of the feed-forward sub-layer.</summary>
public enum ActivationFunction
{
    /// <summary><c>max(0, x)</c>.</summary>
    Relu = 0,

    /// <summary><c>x · Φ(x) = x/2 · (1 + erf(x/√2))</c>: Hugging Face "gelu".</summary>
    GeluErf = 1,

    /// <summary><c>x/2 · (1 + tanh(√(2/π) · (x + 0.044715·x³)))</c>: Hugging Face "gelu_new".</summary>
    GeluTanh = 2,

    /// <summary><c>x · σ(x)</c>: also known as swish.</summary>
    Silu = 3,
}
