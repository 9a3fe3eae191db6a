using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Layer normalisation, from "Layer Normalization" (Ba, Kiros and Hinton, 2016).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class LayerNorm
{
    /// <summary>
    /// <c>y = (x − mean) / √(variance + ε) · γ + β</c> for each row, with the biased variance, as in PyTorch. The variance takes a second
    /// pass over the centred values, corrected for the rounding of the mean ("Algorithms for Computing the Sample Variance", Chan,
    /// Golub and LeVeque, 1983), so a large mean costs no accuracy.
    /// </summary>
    /// <param name="x">Input [rows, dim].</param>
    /// <param name="gamma">γ [dim].</param>
    /// <param name="beta">β [dim], or empty for none.</param>
    /// <param name="epsilon">ε, added to the variance; positive, unless every row is known to vary.</param>
    /// <param name="y">Result [rows, dim]: the same memory as <paramref name="x"/>, or apart from it.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <param name="dim">Positive.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public static void Apply(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> gamma,
        ReadOnlySpan<float> beta,
        float epsilon,
        Span<float> y,
        int rows,
        int dim)
    {
        ShapeGate.Within(0, int.MaxValue, rows, nameof(rows));
        ShapeGate.Within(1, int.MaxValue, dim, nameof(dim));
        ShapeGate.Exactly((long)rows * dim, x.Length, nameof(x), "rows · dim");
        ShapeGate.Exactly(dim, gamma.Length, nameof(gamma), "dim");
        ShapeGate.Exactly((long)rows * dim, y.Length, nameof(y), "rows · dim");
        if (!beta.IsEmpty)
        {
            ShapeGate.Exactly(dim, beta.Length, nameof(beta), "dim, unless empty");
        }

        fixed (float* xPointer = x, gammaPointer = gamma, betaPointer = beta, yPointer = y)
        {
            for (int row = 0; row < rows; row++)
            {
                float* from = xPointer + ((nint)row * dim);
                float* to = yPointer + ((nint)row * dim);
                if (Simd.UseAvx512)
                {
                    Row<Simd512>(from, gammaPointer, betaPointer, epsilon, to, dim);
                }
                else if (Simd.UseAvx2)
                {
                    Row<Simd256>(from, gammaPointer, betaPointer, epsilon, to, dim);
                }
                else
                {
                    Row<Simd128>(from, gammaPointer, betaPointer, epsilon, to, dim);
                }
            }
        }
    }

    /// <summary>
    /// One row. What is left behind whole registers is worked on one by one: a call in here, to a kernel for part of a register, would
    /// make the compiler keep every sum in memory.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<V>(float* x, float* gamma, float* beta, float epsilon, float* y, nint dim)
        where V : unmanaged, ISimd<V>
    {
        float inverse = 1f / dim;
        float mean = Sum<V>(x, dim) * inverse;
        V center = V.Broadcast(mean);
        Moments<V>(x, dim, mean, out float sum, out float squares);
        float shift = sum * inverse;
        float variance = (squares * inverse) - (shift * shift);

        // (x − mean − shift) · scale, with the product of shift and scale taken out of the loop.
        float factor = 1 / MathF.Sqrt(variance + epsilon);
        V scale = V.Broadcast(factor);
        V rest = V.Broadcast(-shift * factor);
        nint i = 0;
        if (beta == null)
        {
            for (; i <= dim - V.Width; i += V.Width)
            {
                V.Store(y + i, V.MultiplyAdd(V.Load(x + i) - center, scale, rest) * V.Load(gamma + i));
            }
        }
        else
        {
            for (; i <= dim - V.Width; i += V.Width)
            {
                V normal = V.MultiplyAdd(V.Load(x + i) - center, scale, rest);
                V.Store(y + i, V.MultiplyAdd(normal, V.Load(gamma + i), V.Load(beta + i)));
            }
        }

        for (; i < dim; i++)
        {
            float normal = ((x[i] - mean) * factor) - (shift * factor);
            y[i] = (normal * gamma[i]) + (beta == null ? 0f : beta[i]);
        }
    }

    /// <summary>
    /// Σ x in single precision. It need not be exact: the mean that it gives is only where the second pass centres the values, and what is
    /// left of them there is corrected for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum<V>(float* x, nint length)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = V.Zero;
        V sum1 = V.Zero;
        V sum2 = V.Zero;
        V sum3 = V.Zero;
        nint i = 0;
        for (; i <= length - (4 * V.Width); i += 4 * V.Width)
        {
            sum0 += V.Load(x + i);
            sum1 += V.Load(x + i + V.Width);
            sum2 += V.Load(x + i + (2 * V.Width));
            sum3 += V.Load(x + i + (3 * V.Width));
        }

        for (; i <= length - V.Width; i += V.Width)
        {
            sum0 += V.Load(x + i);
        }

        float sum = V.SumSingle(sum0 + sum1 + (sum2 + sum3));
        for (; i < length; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    /// <summary>Σ (x − center) and Σ (x − center)², each in several sums side by side, which keeps them short and so exact enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Moments<V>(float* x, nint length, float mean, out float first, out float second)
        where V : unmanaged, ISimd<V>
    {
        V center = V.Broadcast(mean);
        V sum0 = V.Zero, squares0 = V.Zero;
        V sum1 = V.Zero, squares1 = V.Zero;
        V sum2 = V.Zero, squares2 = V.Zero;
        V sum3 = V.Zero, squares3 = V.Zero;
        nint i = 0;
        for (; i <= length - (4 * V.Width); i += 4 * V.Width)
        {
            Step(V.Load(x + i) - center, ref sum0, ref squares0);
            Step(V.Load(x + i + V.Width) - center, ref sum1, ref squares1);
            Step(V.Load(x + i + (2 * V.Width)) - center, ref sum2, ref squares2);
            Step(V.Load(x + i + (3 * V.Width)) - center, ref sum3, ref squares3);
        }

        for (; i <= length - V.Width; i += V.Width)
        {
            Step(V.Load(x + i) - center, ref sum0, ref squares0);
        }

        first = V.SumSingle(sum0 + sum1 + (sum2 + sum3));
        second = V.SumSingle(squares0 + squares1 + (squares2 + squares3));
        for (; i < length; i++)
        {
            float centred = x[i] - mean;
            first += centred;
            second += centred * centred;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V>(V centred, ref V sum, ref V squares)
        where V : unmanaged, ISimd<V>
    {
        sum += centred;
        squares = V.MultiplyAdd(centred, centred, squares);
    }
}
