using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The connection that carries a sub-layer's input past it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Residual
{
    /// <summary><c>x += y</c>.</summary>
    /// <param name="x">Values of any shape, replaced by the sums.</param>
    /// <param name="y">As many values; <paramref name="x"/> itself, or memory apart from it.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Add(Span<float> x, ReadOnlySpan<float> y)
    {
        ShapeGate.Exactly(x.Length, y.Length, nameof(y), "as many as x");
        fixed (float* xPointer = x, yPointer = y)
        {
            if (Simd.UseAvx512)
            {
                Run<Simd512>(xPointer, yPointer, x.Length);
            }
            else if (Simd.UseAvx2)
            {
                Run<Simd256>(xPointer, yPointer, x.Length);
            }
            else
            {
                Run<Simd128>(xPointer, yPointer, x.Length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<V>(float* x, float* y, nint length)
        where V : unmanaged, ISimd<V>
    {
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V.Store(x + i, V.Load(x + i) + V.Load(y + i));
        }

        for (; i < length; i++)
        {
            x[i] += y[i];
        }
    }
}
