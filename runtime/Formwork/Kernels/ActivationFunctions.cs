using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary><see cref="Activation.Relu"/>.</summary>
internal readonly struct ReluFunction : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : unmanaged, ISimd<V> => V.Max(V.Zero, x);
}

/// <summary><see cref="Activation.Silu"/>.</summary>
internal readonly struct SiluFunction : IElementwise
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : unmanaged, ISimd<V> => x / (V.Broadcast(1f) + Exponential.Of(V.Zero - x));
}

/// <summary>
/// <see cref="Activation.GeluTanh"/>. Since ½·(1 + tanh u) = 1 / (1 + e^(−2u)), one exponential does, and nothing cancels where x is
/// far below zero.
/// </summary>
internal readonly struct GeluTanhFunction : IElementwise
{
    /// <summary>2·√(2/π), and that times 0.044715.</summary>
    private const float Linear = 1.5957691216f;
    private const float Cubic = 0.0713548163f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        V twiceU = x * V.MultiplyAdd(x * x, V.Broadcast(Cubic), V.Broadcast(Linear));
        return x / (V.Broadcast(1f) + Exponential.Of(V.Zero - twiceU));
    }
}

/// <summary>
/// <see cref="Activation.GeluErf"/>. With z = |x| / √2, the tail Φ(−|x|) = ½·erfc(z) comes from formula 7.1.26 of Abramowitz and Stegun,
/// "Handbook of Mathematical Functions": erfc(z) ≈ t·(a₁ + a₂t + … + a₅t⁴)·e^(−z²), t = 1 / (1 + 0.3275911·z), within 1.5·10⁻⁷. Taking
/// the tail itself for negative x, rather than 1 minus its complement, keeps small results accurate.
/// </summary>
internal readonly struct GeluErfFunction : IElementwise
{
    private const float OneOverRoot2 = 0.70710678f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        V one = V.Broadcast(1f);
        V z = V.Abs(x) * V.Broadcast(OneOverRoot2);
        V t = one / V.MultiplyAdd(z, V.Broadcast(0.3275911f), one);

        // The coefficients are half the book's, for the ½ in front of erfc.
        V p = V.Broadcast(0.5f * 1.061405429f);
        p = V.MultiplyAdd(p, t, V.Broadcast(0.5f * -1.453152027f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.5f * 1.421413741f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.5f * -0.284496736f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.5f * 0.254829592f));
        V tail = p * t * Exponential.Of(V.Zero - (z * z));
        return x * V.WhereNegative(x, tail, one - tail);
    }
}
