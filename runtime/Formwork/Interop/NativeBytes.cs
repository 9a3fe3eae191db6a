using System.Buffers;

namespace Formwork.Interop;

/// <summary>The caller's memory as <see cref="System.Memory{T}"/>, for the time of one call.</summary>
internal sealed unsafe class NativeBytes(nint pointer, int length) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new((void*)pointer, length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new((byte*)pointer + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
