using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Root mean square normalisation, from "Root Mean Square Layer Normalization" (Zhang and Sennrich, 2019): T5's norm.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class RmsNorm
{
    /// <summary><c>y = x / √(mean(x²) + ε) · γ</c> for each row: nothing is centred and nothing is added.</summary>
    /// <param name="x">Input [rows, dim].</param>
    /// <param name="gamma">γ [dim].</param>
    /// <param name="epsilon">ε, added to the mean square; positive, unless every row is known to differ from 0.</param>
    /// <param name="y">Result [rows, dim]: the same memory as <paramref name="x"/>, or apart from it.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <param name="dim">Positive.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public static void Apply(ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, int rows, int dim)
    {
        ShapeGate.Within(0, int.MaxValue, rows, nameof(rows));
        ShapeGate.Within(1, int.MaxValue, dim, nameof(dim));
        ShapeGate.Exactly((long)rows * dim, x.Length, nameof(x), "rows · dim");
        ShapeGate.Exactly(dim, gamma.Length, nameof(gamma), "dim");
        ShapeGate.Exactly((long)rows * dim, y.Length, nameof(y), "rows · dim");
        fixed (float* xPointer = x, gammaPointer = gamma, yPointer = y)
        {
            for (int row = 0; row < rows; row++)
            {
                float* from = xPointer + ((nint)row * dim);
                float* to = yPointer + ((nint)row * dim);
                if (Simd.UseAvx512)
                {
                    Row<Simd512>(from, gammaPointer, epsilon, to, dim);
                }
                else if (Simd.UseAvx2)
                {
                    Row<Simd256>(from, gammaPointer, epsilon, to, dim);
                }
                else
                {
                    Row<Simd128>(from, gammaPointer, epsilon, to, dim);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<V>(float* x, float* gamma, float epsilon, float* y, nint dim)
        where V : unmanaged, ISimd<V>
    {
        float factor = 1 / MathF.Sqrt((Squares<V>(x, dim) / dim) + epsilon);
        V scale = V.Broadcast(factor);
        nint i = 0;
        for (; i <= dim - V.Width; i += V.Width)
        {
            V.Store(y + i, V.Load(x + i) * scale * V.Load(gamma + i));
        }

        for (; i < dim; i++)
        {
            y[i] = x[i] * factor * gamma[i];
        }
    }

    /// <summary>Σ x², in several sums side by side, which keeps them short and so exact enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Squares<V>(float* x, nint length)
        where V : unmanaged, ISimd<V>
    {
        V sum0 = V.Zero;
        V sum1 = V.Zero;
        V sum2 = V.Zero;
        V sum3 = V.Zero;
        nint i = 0;
        for (; i <= length - (4 * V.Width); i += 4 * V.Width)
        {
            sum0 = Add(x + i, sum0);
            sum1 = Add(x + i + V.Width, sum1);
            sum2 = Add(x + i + (2 * V.Width), sum2);
            sum3 = Add(x + i + (3 * V.Width), sum3);
        }

        for (; i <= length - V.Width; i += V.Width)
        {
            sum0 = Add(x + i, sum0);
        }

        float sum = V.SumSingle(sum0 + sum1 + (sum2 + sum3));
        for (; i < length; i++)
        {
            sum += x[i] * x[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Add<V>(float* x, V sum)
        where V : unmanaged, ISimd<V>
    {
        V value = V.Load(x);
        return V.MultiplyAdd(value, value, sum);
    }
}
