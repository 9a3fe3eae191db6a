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
/// <see cref="Activation.GeluErf"/>. With z = |x| / √2, the tail Φ(−|x|) = ½·erfc(z) has the form of formula 7.1.26 of Abramowitz and Stegun,
/// "Handbook of Mathematical Functions": t·P(t)·e^(−z²) with t = 1 / (1 + p·z). Their P of degree 4 is within 1.5·10⁻⁷ absolutely; this one,
/// of degree 8 with p = 0.4, is the Remez best fit over 0 ≤ z ≤ 10 and within 6.2·10⁻⁸ relatively. Taking the tail itself for negative x,
/// rather than 1 minus its complement, keeps small results accurate too.
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
        V t = one / V.MultiplyAdd(z, V.Broadcast(0.4f), one);

        // The ½ in front of erfc is part of the coefficients.
        V p = V.Broadcast(0.0206264928f);
        p = V.MultiplyAdd(p, t, V.Broadcast(-0.0701594879f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.0419933776f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.0439824679f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.0398780461f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.0966966850f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.1009437757f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.1132215581f));
        p = V.MultiplyAdd(p, t, V.Broadcast(0.1128171154f));
        V tail = p * t * Exponential.Of(V.Zero - (z * z));
        return x * V.WhereNegative(x, tail, one - tail);
    }
}
