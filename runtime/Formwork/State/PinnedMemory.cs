namespace Formwork;

/// <summary>Memory that stays where it is, 64-byte aligned.</summary>
/// <remarks>It is a pinned array rather than a native block, so that a span over it can never outlive it.</remarks>
public abstract class PinnedMemory : IDisposable
{
    private const int Alignment = 64;
    private readonly int _start;
    private byte[]? _array;

    private protected PinnedMemory(int bytes)
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
            byte[]? array = _array;
            ObjectDisposedException.ThrowIf(array is null, this);
            return array.AsSpan(_start, Length);
        }
    }

    /// <summary>Gives the memory back to the garbage collector, once no call uses it, and refuses further use.</summary>
    public void Dispose()
    {
        _array = null;
        GC.SuppressFinalize(this);
    }

    private static unsafe nint AddressOf(byte[] array)
    {
        fixed (byte* first = array)
        {
            return (nint)first;
        }
    }
}
