namespace Formwork.Weights;

/// <summary>Bytes that the program holds: an embedded resource, a decrypted file, a test.</summary>
internal sealed class MemoryByteSource(ReadOnlyMemory<byte> bytes, string name = "the weights in memory") : ByteSource(name, bytes.Length)
{
    private bool _disposed;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination) => Span(offset, destination.Length).CopyTo(destination);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Span(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(SafetensorsFile));
        return bytes.Span.Slice(checked((int)offset), length);
    }

    /// <inheritdoc/>
    public override void ThrowIfChanged()
    {
        // A memory cannot become shorter, and whoever writes to it while it is read gets what he wrote.
    }

    /// <inheritdoc/>
    public override void Dispose() => _disposed = true;
}
