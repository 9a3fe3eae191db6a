namespace Formwork.Weights;

/// <summary>Where a weight file's bytes come from: a file on a disk or the program's own memory.</summary>
internal abstract class ByteSource(string name, long length) : IDisposable
{
    /// <summary>What messages call it: a quoted path, or that it is memory.</summary>
    public string Name { get; } = name;

    /// <summary>Bytes there were when the source was opened.</summary>
    public long Length { get; } = length;

    /// <summary>Copies the bytes from <paramref name="offset"/> on; fails with <see cref="WeightLoadError.FileChanged"/> where there are fewer.</summary>
    public abstract void Read(long offset, Span<byte> destination);

    /// <summary>The bytes in place, valid until the source is disposed.</summary>
    public abstract ReadOnlySpan<byte> Span(long offset, int length);

    /// <summary>The first byte's address, valid until the source is disposed; null where weights cannot stay in the source.</summary>
    /// <param name="end">Bytes from the start that the caller will read: they are there now, or the call fails.</param>
    public virtual unsafe byte* Map(long end) => null;

    /// <summary>Fails with <see cref="WeightLoadError.FileChanged"/> if the file is not the one that was opened any more.</summary>
    public abstract void ThrowIfChanged();

    /// <inheritdoc/>
    public abstract void Dispose();
}
