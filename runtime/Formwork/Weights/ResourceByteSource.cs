using System.Runtime.InteropServices;

namespace Formwork.Weights;

/// <summary>
/// An embedded resource, which the operating system maps together with the program or library that it lies in. The stream is kept because it keeps the
/// assembly, whose bytes these are, from being unloaded.
/// </summary>
internal sealed unsafe class ResourceByteSource(string name, UnmanagedMemoryStream stream) : ByteSource(name, stream.Length)
{
    // The kernels read vectors at any address. Single floats and integers may lie at any on these processors too, and must be aligned on others.
    private static readonly bool AnyAlignment = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 or Architecture.Arm64;

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

    /// <inheritdoc/>
    public override byte* Map(long end) => AnyAlignment || (nint)_start % sizeof(float) == 0 ? _start : null;

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
