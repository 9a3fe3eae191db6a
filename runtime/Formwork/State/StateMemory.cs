namespace Formwork;

/// <summary>
/// Memory for one model's state — caches and encoder output — pinned and 64-byte aligned. One thread uses it at a time.
/// </summary>
/// <remarks>
/// The memory is a pinned array rather than a native block, so that a span over it can never outlive it.
/// </remarks>
public sealed class StateMemory : IDisposable
{
    private const int Alignment = 64;
    private readonly int _start;
    private byte[]? _array;

    /// <summary>Allocates zeroed memory.</summary>
    /// <param name="bytes">Size in bytes: the generated type's <c>StateBytes</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is not positive.</exception>
    public StateMemory(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        Length = bytes;
        _array = GC.AllocateArray<byte>(checked(bytes + Alignment - 1), pinned: true);
        _start = (int)(-AddressOf(_array) & (Alignment - 1));
    }

    /// <summary>Size in bytes.</summary>
    public int Length { get; }

    /// <summary>The memory.</summary>
    /// <exception cref="ObjectDisposedException"><see cref="Dispose"/> has been called.</exception>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_array is null, this);
            return _array.AsSpan(_start, Length);
        }
    }

    /// <summary>Gives the memory back to the garbage collector and refuses further use.</summary>
    public void Dispose() => _array = null;

    private static unsafe nint AddressOf(byte[] array)
    {
        fixed (byte* first = array)
        {
            return (nint)first;
        }
    }
}
