using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>
/// All weights of one model as its kernels read them: one block of native memory, aligned to 64 bytes (a cache line and the widest
/// vector), zero-filled, outside the garbage-collected heap. Generated code knows the offset of everything in it.
/// </summary>
/// <remarks>A span from <see cref="Slice"/> does not keep the memory alive. Whoever uses one keeps a reference to this object until
/// after the last use (<see cref="GC.KeepAlive"/> where nothing else does), and disposes it only when no call is running.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WeightMemory : IDisposable
{
    private readonly NativeFloats _block;

    /// <summary>Allocates the memory.</summary>
    /// <param name="floats">Its length in floats.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floats"/> is negative.</exception>
    /// <exception cref="OutOfMemoryException">The memory cannot be had.</exception>
    public WeightMemory(long floats)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        _block = new NativeFloats(floats);
        Length = floats;
    }

    /// <summary>The length in floats.</summary>
    public long Length { get; }

    /// <summary>A part of the weights.</summary>
    /// <param name="offset">The first float.</param>
    /// <param name="length">Floats.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the memory.</exception>
    /// <exception cref="ObjectDisposedException">The memory was freed.</exception>
    public ReadOnlySpan<float> Slice(long offset, int length) => Writable(offset, length);

    /// <summary>Frees the memory. Spans taken from it must not be used any more.</summary>
    public void Dispose() => _block.Dispose();

    internal unsafe Span<float> Writable(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_block.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new Span<float>(_block.Start + offset, length);
    }
}
