using System.ComponentModel;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>
/// The affine map that nearly all of a transformer's time goes into, <c>x·Wᵀ + b</c>, with what follows it: one method for each thing that can
/// become of the result while it is still in the first-level cache.
/// </summary>
/// <remarks>
/// A row gives the same bits alone as among others. With float weights every output is summed over k in ascending order in one accumulator that
/// starts at the bias; with quantised weights the sums are exact integers (for <see cref="Int4"/> within groups of 32 inputs, which are then
/// added in order).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Linear
{
    /// <summary><c>y[r, n] = bias[n] + Σₖ x[r, k] · W[n, k]</c>.</summary>
    /// <param name="workers">Threads to share the work with, or null.</param>
    /// <param name="x">Activations [rows, inputs].</param>
    /// <param name="weight">W [outputs, inputs].</param>
    /// <param name="bias">Empty, or [<see cref="PanelLayout.PaddedOutputs"/>].</param>
    /// <param name="y">Result [rows, outputs]; must not overlap the other spans.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is negative.</exception>
    public static void Apply<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat => Run<TFormat, NoEpilogue>(workers, x, weight, bias, y, rows);

    /// <summary><c>y += x·Wᵀ + b</c>: a sub-layer's last projection and its residual connection.</summary>
    /// <inheritdoc cref="Apply"/>
    public static void Accumulate<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat => Run<TFormat, AccumulateEpilogue>(workers, x, weight, bias, y, rows);

    /// <summary><c>y = max(0, x·Wᵀ + b)</c>.</summary>
    /// <inheritdoc cref="Apply"/>
    public static void Relu<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat => Run<TFormat, ActivationEpilogue<ReluFunction>>(workers, x, weight, bias, y, rows);

    /// <summary><c>y = gelu(x·Wᵀ + b)</c>, as <see cref="Activation.GeluErf"/>.</summary>
    /// <inheritdoc cref="Apply"/>
    public static void GeluErf<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat => Run<TFormat, ActivationEpilogue<GeluErfFunction>>(workers, x, weight, bias, y, rows);

    /// <summary><c>y = gelu_new(x·Wᵀ + b)</c>, as <see cref="Activation.GeluTanh"/>.</summary>
    /// <inheritdoc cref="Apply"/>
    public static void GeluTanh<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat => Run<TFormat, ActivationEpilogue<GeluTanhFunction>>(workers, x, weight, bias, y, rows);

    /// <summary><c>y = silu(x·Wᵀ + b)</c>, as <see cref="Activation.Silu"/>.</summary>
    /// <inheritdoc cref="Apply"/>
    public static void Silu<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat => Run<TFormat, ActivationEpilogue<SiluFunction>>(workers, x, weight, bias, y, rows);

    /// <summary>
    /// The lowest index of the largest <c>x·Wᵀ + b</c>, for one row: a greedy choice that writes no logits. The logits compared are those that
    /// <see cref="Apply"/> would give.
    /// </summary>
    /// <param name="workers">Threads to share the work with, or null.</param>
    /// <param name="x">Activations [inputs].</param>
    /// <param name="weight">W [outputs, inputs].</param>
    /// <param name="bias">Empty, or [<see cref="PanelLayout.PaddedOutputs"/>].</param>
    /// <param name="excluded">An index that is never chosen, or −1.</param>
    /// <returns>The index; −1 if there is no choice: one result but the excluded is NaN, or all are −∞.</returns>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    public static int ArgMax<TFormat>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, int excluded = -1)
        where TFormat : unmanaged, IWeightFormat
    {
        int index = -1;
        ArgMax(workers, x, weight, bias, new Span<int>(ref index), excluded);
        return index;
    }

    /// <summary>The same for several rows: each gives the index that it would give alone.</summary>
    /// <param name="workers">Threads to share the work with, or null.</param>
    /// <param name="x">Activations [rows, inputs].</param>
    /// <param name="weight">W [outputs, inputs].</param>
    /// <param name="bias">Empty, or [<see cref="PanelLayout.PaddedOutputs"/>].</param>
    /// <param name="indices">Receives the indices; its length is the number of rows.</param>
    /// <param name="excluded">An index that is never chosen, or −1.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    public static void ArgMax<TFormat>(
        Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<int> indices, int excluded = -1)
        where TFormat : unmanaged, IWeightFormat
    {
        ShapeGate.Exactly((long)indices.Length * weight.Inputs, x.Length, nameof(x), "rows · inputs");
        CheckBias(bias, weight.Outputs);
        fixed (float* xPointer = x, biasPointer = bias)
        {
            LinearArgMax.Run<TFormat>(Job(xPointer, weight, biasPointer, null, indices.Length), indices, excluded, workers);
        }
    }

    private static void Run<TFormat, TEpilogue>(Workers? workers, ReadOnlySpan<float> x, Matrix<TFormat> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
        where TFormat : unmanaged, IWeightFormat
        where TEpilogue : struct, IEpilogue
    {
        ShapeGate.Within(0, int.MaxValue, rows, nameof(rows));
        ShapeGate.Exactly((long)rows * weight.Inputs, x.Length, nameof(x), "rows · inputs");
        ShapeGate.Exactly((long)rows * weight.Outputs, y.Length, nameof(y), "rows · outputs");
        CheckBias(bias, weight.Outputs);
        if (rows == 0)
        {
            return;
        }

        fixed (float* xPointer = x, biasPointer = bias, yPointer = y)
        {
            LinearJob job = Job(xPointer, weight, biasPointer, yPointer, rows);
            TFormat.Run<TEpilogue>(&job, workers);
        }
    }

    private static void CheckBias(ReadOnlySpan<float> bias, int outputs)
    {
        if (!bias.IsEmpty)
        {
            ShapeGate.Exactly(PanelLayout.PaddedOutputs(outputs), bias.Length, nameof(bias), "PanelLayout.PaddedOutputs(outputs), unless empty");
        }
    }

    private static LinearJob Job<TFormat>(float* x, Matrix<TFormat> weight, float* bias, float* y, int rows)
        where TFormat : unmanaged, IWeightFormat => new()
        {
            X = x,
            Panels = weight.Panels,
            Bias = bias,
            Y = y,
            Rows = rows,
            Inputs = weight.Inputs,
            Outputs = weight.Outputs,
            Stride = weight.Outputs,
            PanelBytes = (nint)TFormat.PanelBytes(weight.Inputs),
        };
}
