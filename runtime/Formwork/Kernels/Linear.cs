using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>The affine map that nearly all of a transformer's time goes into.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Linear
{
    /// <summary>
    /// <c>y[r, n] = bias[n] + Σₖ x[r, k] · W[n, k]</c>, summed over k in ascending order in one accumulator that starts at the bias,
    /// however many rows there are: a row gives the same bits alone as among others.
    /// </summary>
    /// <param name="x">Activations [rows, inputs].</param>
    /// <param name="weight">W [outputs, inputs], packed as <see cref="PanelLayout"/> says.</param>
    /// <param name="bias">Empty, or [<see cref="PanelLayout.PaddedOutputs"/>].</param>
    /// <param name="y">Result [rows, outputs]; must not overlap the other spans.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <param name="inputs">Not negative; with 0 the result is the bias.</param>
    /// <param name="outputs">Not negative; any number, whole panels or not.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static void Apply(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> weight,
        ReadOnlySpan<float> bias,
        Span<float> y,
        int rows,
        int inputs,
        int outputs)
    {
        ShapeGate.Within(0, int.MaxValue, rows, nameof(rows));
        ShapeGate.Within(0, int.MaxValue, inputs, nameof(inputs));
        ShapeGate.Exactly((long)rows * inputs, x.Length, nameof(x), "rows · inputs");
        ShapeGate.Exactly(PanelLayout.Length(outputs, inputs), weight.Length, nameof(weight), "PanelLayout.Length(outputs, inputs)");
        ShapeGate.Exactly((long)rows * outputs, y.Length, nameof(y), "rows · outputs");
        if (!bias.IsEmpty)
        {
            ShapeGate.Exactly(PanelLayout.PaddedOutputs(outputs), bias.Length, nameof(bias), "PanelLayout.PaddedOutputs(outputs), unless empty");
        }

        fixed (float* xPointer = x, weightPointer = weight, biasPointer = bias, yPointer = y)
        {
            LinearOperands operands = new(xPointer, weightPointer, biasPointer, yPointer, rows, inputs, outputs);
            if (Simd.UseAvx512)
            {
                Run<Simd512>(operands);
            }
            else if (Simd.UseAvx2)
            {
                Run<Simd256>(operands);
            }
            else
            {
                Run<Simd128>(operands);
            }
        }
    }

    private static void Run<V>(in LinearOperands operands)
        where V : unmanaged, ISimd<V>
    {
        if (operands.Rows == 1)
        {
            LinearRow.Run<V>(operands);
        }
        else
        {
            LinearRows.Run<V>(operands);
        }
    }
}
