namespace Formwork.Weights;

/// <summary>
/// An embedded resource, which the operating system maps together with the program or library that it lies in. The stream is kept because it keeps the
/// assembly, whose bytes these are, from being unloaded.
/// </summary>
internal sealed unsafe class ResourceByteSource(string name, UnmanagedMemoryStream stream) : ByteSource(name, stream.Length)
{
    private readonly byte* _start = stream.PositionPointer;
    private UnmanagedMemoryStream? _stream = stream;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination) => Span(offset, destination.Length).CopyTo(destination);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Span(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_stream is null, typeof(SafetensorsFile));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <summary>
    /// The resource where it lies, whether or not that is at a multiple of 64: compilers align resources to 8 bytes or less. Measured over all offsets from a
    /// cache line, that costs decoding less than small pages do (see docs/native-aot.md), and a copy would double the memory. Kernels take any alignment of
    /// their vectors; floats that straddle are not promised to work everywhere, so those are copied.
    /// </summary>
    /// <inheritdoc/>
    public override byte* Map(long end) => (nint)_start % sizeof(float) == 0 ? _start : null;

    /// <inheritdoc/>
    public override void ThrowIfChanged()
    {
        // A part of the program itself: what changes it changes the program.
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
