using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The gate of a gated feed-forward, from "GLU Variants Improve Transformer" (Shazeer, 2020): one projection multiplies another.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Gate
{
    /// <summary><c>x = x · gate</c>, number by number.</summary>
    /// <param name="x">Values of any shape, replaced by the products.</param>
    /// <param name="gate">As many values; memory apart from <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Multiply(Span<float> x, ReadOnlySpan<float> gate)
    {
        ShapeGate.Exactly(x.Length, gate.Length, nameof(gate), "as many as x");
        fixed (float* xPointer = x, gatePointer = gate)
        {
            if (Simd.UseAvx512)
            {
                Run<Simd512>(xPointer, gatePointer, x.Length);
            }
            else if (Simd.UseAvx2)
            {
                Run<Simd256>(xPointer, gatePointer, x.Length);
            }
            else
            {
                Run<Simd128>(xPointer, gatePointer, x.Length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<V>(float* x, float* gate, nint length)
        where V : unmanaged, ISimd<V>
    {
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V.Store(x + i, V.Load(x + i) * V.Load(gate + i));
        }

        for (; i < length; i++)
        {
            x[i] *= gate[i];
        }
    }
}
