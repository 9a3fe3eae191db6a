using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Layer normalisation, from "Layer Normalization" (Ba, Kiros and Hinton, 2016).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class LayerNorm
{
    /// <summary>Values summed in single precision before the sum moves on to double.</summary>
    private const int Block = 256;

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<V>(float* x, float* gamma, float* beta, float epsilon, float* y, nint dim)
        where V : unmanaged, ISimd<V>
    {
        float mean = (float)(Sum<V>(x, dim) / dim);
        Moments<V>(x, dim, mean, out double sum, out double squares);
        double shift = sum / dim;
        double variance = (squares / dim) - (shift * shift);

        V center = V.Broadcast(mean);
        V rest = V.Broadcast((float)shift);
        V scale = V.Broadcast((float)(1 / Math.Sqrt(variance + epsilon)));
        nint i = 0;
        for (; i <= dim - V.Width; i += V.Width)
        {
            V normal = (V.Load(x + i) - center - rest) * scale;
            V offset = beta == null ? V.Zero : V.Load(beta + i);
            V.Store(y + i, V.MultiplyAdd(normal, V.Load(gamma + i), offset));
        }

        if (i < dim)
        {
            V normal = (Partial.Load<V>(x + i, dim - i, 0f) - center - rest) * scale;
            V offset = beta == null ? V.Zero : Partial.Load<V>(beta + i, dim - i, 0f);
            Partial.Store(y + i, V.MultiplyAdd(normal, Partial.Load<V>(gamma + i, dim - i, 0f), offset), dim - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<V>(float* x, nint length)
        where V : unmanaged, ISimd<V>
    {
        double total = 0;
        nint i = 0;
        while (i <= length - V.Width)
        {
            V sum = V.Zero;
            for (nint end = Math.Min(i + Block, length) - V.Width; i <= end; i += V.Width)
            {
                sum += V.Load(x + i);
            }

            total += V.Sum(sum);
        }

        for (; i < length; i++)
        {
            total += x[i];
        }

        return total;
    }

    /// <summary>Σ (x − mean) and Σ (x − mean)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Moments<V>(float* x, nint length, float mean, out double first, out double second)
        where V : unmanaged, ISimd<V>
    {
        first = 0;
        second = 0;
        V center = V.Broadcast(mean);
        nint i = 0;
        while (i <= length - V.Width)
        {
            V sum = V.Zero;
            V squares = V.Zero;
            for (nint end = Math.Min(i + Block, length) - V.Width; i <= end; i += V.Width)
            {
                V centred = V.Load(x + i) - center;
                sum += centred;
                squares = V.MultiplyAdd(centred, centred, squares);
            }

            first += V.Sum(sum);
            second += V.Sum(squares);
        }

        for (; i < length; i++)
        {
            double centred = x[i] - mean;
            first += centred;
            second += centred * centred;
        }
    }
}
