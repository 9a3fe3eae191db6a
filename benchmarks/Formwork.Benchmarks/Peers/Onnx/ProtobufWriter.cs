using System.Text;

namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>
/// Writes the fields of one protobuf message. ONNX files are protobuf; the few messages that a graph takes do not need a compiler and
/// its library, and <see cref="BinaryWriter"/> already writes the same variable-length integers.
/// </summary>
internal sealed class ProtobufWriter : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    /// <summary>Starts an empty message.</summary>
    public ProtobufWriter() => _writer = new(_stream);

    private enum WireType
    {
        VariableLength = 0,
        LengthDelimited = 2,
        FourBytes = 5,
    }

    /// <summary>The message so far.</summary>
    public byte[] ToArray()
    {
        _writer.Flush();
        return _stream.ToArray();
    }

    /// <summary>Writes an integer or the value of an enumeration.</summary>
    public void Write(int field, long value)
    {
        Tag(field, WireType.VariableLength);
        _writer.Write7BitEncodedInt64(value);
    }

    /// <summary>Writes a number.</summary>
    public void Write(int field, float value)
    {
        Tag(field, WireType.FourBytes);
        _writer.Write(value);
    }

    /// <summary>Writes a text.</summary>
    public void Write(int field, string value) => Write(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Writes bytes, or a message that is complete.</summary>
    public void Write(int field, ReadOnlySpan<byte> value)
    {
        WriteLength(field, value.Length);
        _writer.Write(value);
    }

    /// <summary>Writes a message inside this one.</summary>
    public void Write(int field, Action<ProtobufWriter> message)
    {
        using ProtobufWriter inner = new();
        message(inner);
        Write(field, inner.ToArray());
    }

    /// <summary>Announces bytes that somebody else writes next: what is large is not copied from message to message.</summary>
    public void WriteLength(int field, long length)
    {
        Tag(field, WireType.LengthDelimited);
        _writer.Write7BitEncodedInt64(length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
    }

    private void Tag(int field, WireType type) => _writer.Write7BitEncodedInt((field << 3) | (int)type);
}
