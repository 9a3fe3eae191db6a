using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// eˣ for a register. With n = round(x / ln 2) and r = x − n·ln 2, eˣ = 2ⁿ·eʳ, and eʳ on |r| ≤ ln 2 / 2 is the degree-7 polynomial of the
/// Cephes library (S. L. Moshier, <c>expf</c>); ln 2 is subtracted in two parts, the first with so few bits that n times it is exact.
/// </summary>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>Below this eˣ rounds to zero; above <see cref="Highest"/> it overflows.</summary>
    private const float Lowest = -104f;
    private const float Highest = 89f;

    /// <summary>
    /// eˣ within 1.2 units in the last place (2 on a path without fused multiply-add) where the result is a normal number, within the
    /// smallest positive float below that. e^−∞ = 0, e^∞ = ∞, NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        // The bound comes first so that NaN, in second place, survives; see ISimd.Max.
        x = V.Min(V.Broadcast(Highest), V.Max(V.Broadcast(Lowest), x));
        V n = V.Round(x * V.Broadcast(Log2E));
        V r = V.MultiplyAdd(n, V.Broadcast(-Ln2High), x);
        r = V.MultiplyAdd(n, V.Broadcast(-Ln2Low), r);

        V p = V.Broadcast(1.9875691500e-4f);
        p = V.MultiplyAdd(p, r, V.Broadcast(1.3981999507e-3f));
        p = V.MultiplyAdd(p, r, V.Broadcast(8.3334519073e-3f));
        p = V.MultiplyAdd(p, r, V.Broadcast(4.1665795894e-2f));
        p = V.MultiplyAdd(p, r, V.Broadcast(1.6666665459e-1f));
        p = V.MultiplyAdd(p, r, V.Broadcast(5.0000001201e-1f));
        p = V.MultiplyAdd(p, r * r, r) + V.Broadcast(1f);
        return V.ScaleByPowerOfTwo(p, n);
    }
}
