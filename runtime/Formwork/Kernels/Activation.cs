using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>The activations between a transformer's two feed-forward projections, each in place on a span of any length and shape. NaN stays NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Activation
{
    /// <summary><c>max(0, x)</c>, from "Attention Is All You Need" (Vaswani et al., 2017), equation 2.</summary>
    /// <param name="x">Values, replaced by the result.</param>
    public static void Relu(Span<float> x) => Elementwise.Apply<ReluFunction>(x);

    /// <summary>
    /// <c>x · Φ(x)</c> with Φ the normal distribution, from "Gaussian Error Linear Units" (Hendrycks and Gimpel, 2016): the exact form,
    /// PyTorch's <c>gelu</c>. Within 2·10⁻⁷ · max(1, |x|).
    /// </summary>
    /// <param name="x">Values, replaced by the result; −∞ gives NaN, as in PyTorch.</param>
    public static void GeluErf(Span<float> x) => Elementwise.Apply<GeluErfFunction>(x);

    /// <summary>
    /// <c>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))</c>, the paper's approximation: PyTorch's <c>gelu(approximate="tanh")</c>, known as
    /// <c>gelu_new</c>. Within 2·10⁻⁷ · max(1, |x|) of that formula.
    /// </summary>
    /// <param name="x">Values, replaced by the result; −∞ gives NaN, as in PyTorch.</param>
    public static void GeluTanh(Span<float> x) => Elementwise.Apply<GeluTanhFunction>(x);

    /// <summary>
    /// <c>x / (1 + e⁻ˣ)</c>, also called swish, from the same paper. Within 2·10⁻⁷ · max(1, |x|).
    /// </summary>
    /// <param name="x">Values, replaced by the result; −∞ gives NaN, as in PyTorch.</param>
    public static void Silu(Span<float> x) => Elementwise.Apply<SiluFunction>(x);
}
