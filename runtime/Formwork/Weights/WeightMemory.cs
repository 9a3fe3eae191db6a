using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>
/// All weights of one model as its kernels read them: one block of memory outside the garbage-collected heap, aligned to 64 bytes (a cache line
/// and the widest vector). Generated code knows the offset of everything in it.
/// </summary>
/// <remarks>What <see cref="Floats"/> and <see cref="Matrix"/> return does not keep the memory alive. Whoever uses one keeps a reference to this
/// object until after the last use (<see cref="GC.KeepAlive"/> where nothing else does), and disposes it only when no call is running.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class WeightMemory : IDisposable
{
    private readonly NativeBlock _block;

    /// <summary>Allocates zero-filled memory.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">The memory cannot be had.</exception>
    public WeightMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _block = new NativeBlock(length);
        Length = length;
    }

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>A vector or a table of floats.</summary>
    /// <param name="offset">Its first byte, a multiple of 4.</param>
    /// <param name="length">Floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the memory.</exception>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public ReadOnlySpan<float> Floats(long offset, int length) => WritableFloats(offset, length);

    /// <summary>A packed matrix.</summary>
    /// <typeparam name="TFormat">How it is packed.</typeparam>
    /// <param name="offset">Its first byte, a multiple of 64.</param>
    /// <param name="outputs">Rows of the matrix.</param>
    /// <param name="inputs">Columns of the matrix.</param>
    /// <exception cref="ArgumentOutOfRangeException">The matrix is not inside the memory.</exception>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public Matrix<TFormat> Matrix<TFormat>(long offset, int outputs, int inputs)
        where TFormat : unmanaged, IWeightFormat => new(At(offset, PanelLayout.Bytes<TFormat>(outputs, inputs)), outputs, inputs);

    /// <summary>Frees the memory. What was taken from it must not be used any more.</summary>
    public void Dispose() => _block.Dispose();

    internal Span<float> WritableFloats(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new(At(offset, (long)length * sizeof(float)), length);
    }

    /// <summary>The address of a part that lies inside the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* At(long offset, long length)
    {
        ObjectDisposedException.ThrowIf(_block.IsClosed, this);
        if (offset < 0 || length < 0 || length > Length || offset > Length - length)
        {
            ThrowOutside(offset, length);
        }

        return _block.Start + offset;
    }

    private void ThrowOutside(long offset, long length) => throw new ArgumentOutOfRangeException(
        nameof(offset), offset, $"{length} bytes from {offset} on do not lie inside the {Length} bytes of weights.");
}
