using System.Text;

namespace Formwork.Interop;

/// <summary>The caller's buffer for a text. It holds an empty text until the whole one is written.</summary>
internal readonly ref struct NativeTextBuffer
{
    private readonly Span<byte> _buffer;
    private readonly nint _needed;

    public NativeTextBuffer(nint buffer, nuint capacity, nint needed)
    {
        _buffer = NativeArgument.Array<byte>(buffer, (int)nuint.Min(capacity, int.MaxValue), "buffer");
        _needed = needed;
        if (!_buffer.IsEmpty)
        {
            _buffer[0] = 0;
        }

        Need(0);
    }

    /// <summary>Writes a text and its zero, or says how much room they take.</summary>
    /// <exception cref="NativeException">The buffer is too small.</exception>
    public void Write(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text) + 1;
        Need((nuint)bytes);
        if (bytes > _buffer.Length)
        {
            throw new NativeException(NativeStatus.BufferTooSmall, $"The text takes {bytes} bytes with its zero, but the buffer has {_buffer.Length}.");
        }

        Encoding.UTF8.GetBytes(text, _buffer);
        _buffer[bytes - 1] = 0;
    }

    private void Need(nuint bytes)
    {
        if (_needed != 0)
        {
            NativeArgument.Result<nuint>(_needed, "needed") = bytes;
        }
    }
}
