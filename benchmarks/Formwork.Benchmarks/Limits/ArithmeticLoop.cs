using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Formwork.Kernels;

namespace Formwork.Benchmarks.Limits;

/// <summary>
/// Multiplies and adds in registers alone: nothing that computes with 32-bit floats is faster. There are as many independent chains as
/// registers allow, since each instruction takes several cycles to finish and several can be under way.
/// </summary>
internal static class ArithmeticLoop
{
    private const int Rounds = 100_000;

    // Chosen so that the values stay where they are: too small ones would slow some processors down.
    private const float Factor = 0.5f;
    private const float Summand = 0.5f;

    // Somewhere for the sums to go, so that no compiler can leave the work out.
    private static float _sink;

    /// <summary>Runs the loop on the instruction set that the kernels use.</summary>
    /// <returns>Multiplications and additions done.</returns>
    public static long Run() => Simd.Path switch
    {
        SimdPath.Avx512 => Run512(),
        SimdPath.Avx2 => Run256(),
        _ => Run128(),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Run512()
    {
        const int Chains = 16;
        Vector512<float> factor = Vector512.Create(Factor);
        Vector512<float> summand = Vector512.Create(Summand);
        Vector512<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor;
        Vector512<float> i = factor, j = factor, k = factor, l = factor, m = factor, n = factor, o = factor, p = factor;
        for (int round = 0; round < Rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, factor, summand);
            b = Vector512.FusedMultiplyAdd(b, factor, summand);
            c = Vector512.FusedMultiplyAdd(c, factor, summand);
            d = Vector512.FusedMultiplyAdd(d, factor, summand);
            e = Vector512.FusedMultiplyAdd(e, factor, summand);
            f = Vector512.FusedMultiplyAdd(f, factor, summand);
            g = Vector512.FusedMultiplyAdd(g, factor, summand);
            h = Vector512.FusedMultiplyAdd(h, factor, summand);
            i = Vector512.FusedMultiplyAdd(i, factor, summand);
            j = Vector512.FusedMultiplyAdd(j, factor, summand);
            k = Vector512.FusedMultiplyAdd(k, factor, summand);
            l = Vector512.FusedMultiplyAdd(l, factor, summand);
            m = Vector512.FusedMultiplyAdd(m, factor, summand);
            n = Vector512.FusedMultiplyAdd(n, factor, summand);
            o = Vector512.FusedMultiplyAdd(o, factor, summand);
            p = Vector512.FusedMultiplyAdd(p, factor, summand);
        }

        _sink = Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
        return 2L * Rounds * Chains * Vector512<float>.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Run256()
    {
        const int Chains = 12;
        Vector256<float> factor = Vector256.Create(Factor);
        Vector256<float> summand = Vector256.Create(Summand);
        Vector256<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        Vector256<float> g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < Rounds; round++)
        {
            a = Vector256.FusedMultiplyAdd(a, factor, summand);
            b = Vector256.FusedMultiplyAdd(b, factor, summand);
            c = Vector256.FusedMultiplyAdd(c, factor, summand);
            d = Vector256.FusedMultiplyAdd(d, factor, summand);
            e = Vector256.FusedMultiplyAdd(e, factor, summand);
            f = Vector256.FusedMultiplyAdd(f, factor, summand);
            g = Vector256.FusedMultiplyAdd(g, factor, summand);
            h = Vector256.FusedMultiplyAdd(h, factor, summand);
            i = Vector256.FusedMultiplyAdd(i, factor, summand);
            j = Vector256.FusedMultiplyAdd(j, factor, summand);
            k = Vector256.FusedMultiplyAdd(k, factor, summand);
            l = Vector256.FusedMultiplyAdd(l, factor, summand);
        }

        _sink = Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        return 2L * Rounds * Chains * Vector256<float>.Count;
    }

    // Without a fused instruction, as the 128-bit kernels are on x86-64.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Run128()
    {
        const int Chains = 12;
        Vector128<float> factor = Vector128.Create(Factor);
        Vector128<float> summand = Vector128.Create(Summand);
        Vector128<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor;
        Vector128<float> g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < Rounds; round++)
        {
            a = (a * factor) + summand;
            b = (b * factor) + summand;
            c = (c * factor) + summand;
            d = (d * factor) + summand;
            e = (e * factor) + summand;
            f = (f * factor) + summand;
            g = (g * factor) + summand;
            h = (h * factor) + summand;
            i = (i * factor) + summand;
            j = (j * factor) + summand;
            k = (k * factor) + summand;
            l = (l * factor) + summand;
        }

        _sink = Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        return 2L * Rounds * Chains * Vector128<float>.Count;
    }
}
