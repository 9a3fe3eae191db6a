using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>
/// All weights of one model as its kernels read them: one block of memory outside the garbage-collected heap, aligned to 64 bytes (a cache line
/// and the widest vector), or one mapped file or embedded resource. Generated code knows the offset of everything in it.
/// </summary>
/// <remarks>What <see cref="Floats"/> and <see cref="Matrix"/> return does not keep the memory alive. Whoever uses one keeps a reference to this
/// object until after the last use (<see cref="GC.KeepAlive"/> where nothing else does), and disposes it only when no call is running.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class WeightMemory : IDisposable
{
    private readonly IDisposable _owner;

    // Null once disposed. Kernels ask for an address with every call, so it is here and not behind the owner.
    private byte* _start;

    /// <summary>Allocates zero-filled memory.</summary>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">The memory cannot be had.</exception>
    public WeightMemory(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var block = new NativeBlock(length);
        _owner = block;
        _start = block.Start;
        Length = length;
    }

    /// <summary>Takes over memory that is there already, for reading only.</summary>
    /// <param name="owner">Keeps the memory until it is disposed or finalised.</param>
    /// <param name="start">The first byte: at a multiple of 64 where it can be, at one of 4 always.</param>
    /// <param name="length">Bytes.</param>
    internal WeightMemory(IDisposable owner, byte* start, long length)
    {
        _owner = owner;
        _start = start;
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
    public void Dispose()
    {
        _start = null;
        _owner.Dispose();
    }

    internal Span<float> WritableFloats(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new(At(offset, (long)length * sizeof(float)), length);
    }

    /// <summary>The address of a part that lies inside the memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* At(long offset, long length)
    {
        byte* start = _start;
        ObjectDisposedException.ThrowIf(start == null, this);
        if (offset < 0 || length < 0 || length > Length || offset > Length - length)
        {
            ThrowOutside(offset, length);
        }

        return start + offset;
    }

    private void ThrowOutside(long offset, long length) => throw new ArgumentOutOfRangeException(
        nameof(offset), offset, $"{length} bytes from {offset} on do not lie inside the {Length} bytes of weights.");
}
