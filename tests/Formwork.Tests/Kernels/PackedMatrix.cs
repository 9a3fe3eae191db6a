using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Kernels;

/// <summary>
/// A packed matrix between panels of garbage, so that a kernel that strays past either end computes with it. Disposing frees the memory.
/// </summary>
internal sealed unsafe class PackedMatrix<TFormat> : IDisposable
    where TFormat : unmanaged, IWeightFormat
{
    private const int Fence = 4096;
    private readonly WeightMemory _memory;

    /// <summary>Packs a dense W [outputs, inputs].</summary>
    public PackedMatrix(ReadOnlySpan<float> dense, int outputs, int inputs)
    {
        long bytes = PanelLayout.Bytes<TFormat>(outputs, inputs);
        _memory = new(bytes + (2 * Fence));
        new Span<byte>(_memory.At(0, Fence), Fence).Fill(0x7f);
        new Span<byte>(_memory.At(Fence + bytes, Fence), Fence).Fill(0x7f);
        Matrix = _memory.Matrix<TFormat>(Fence, outputs, inputs);
        Dense = new float[outputs * inputs];
        for (int output = 0; output < outputs; output++)
        {
            TFormat.Pack(dense.Slice(output * inputs, inputs), Matrix.PanelOf(output), output % PanelLayout.Width);
        }

        for (int output = 0; output < outputs; output++)
        {
            TFormat.Unpack(Matrix.PanelOf(output), output % PanelLayout.Width, 1, Dense.AsSpan(output * inputs, inputs));
        }
    }

    public Matrix<TFormat> Matrix { get; }

    /// <summary>What the packed weights stand for: W as the format rounds it.</summary>
    public float[] Dense { get; }

    public void Dispose() => _memory.Dispose();
}
