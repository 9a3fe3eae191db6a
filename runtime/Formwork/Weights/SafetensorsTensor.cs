using System.Diagnostics;

namespace Formwork.Weights;

/// <summary>One tensor of a <see cref="SafetensorsFile"/>: row-major, packed, little-endian, at any byte offset (not necessarily a multiple
/// of its element's size). Valid until the file is disposed.</summary>
[DebuggerDisplay("{Name} {DType} {WeightProblem.Shape(_shape)}")]
public sealed class SafetensorsTensor
{
    private readonly ByteSource _source;
    private readonly long[] _shape;

    internal SafetensorsTensor(ByteSource source, in SafetensorsEntry entry, long dataStart)
    {
        _source = source;
        _shape = entry.Shape;
        Name = entry.Name;
        DType = entry.DType;
        Offset = dataStart + entry.Begin;
        ByteLength = entry.End - entry.Begin;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public SafetensorsDType DType { get; }

    /// <summary>The dimensions, outermost first; empty for a scalar. Any of them may be 0.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The tensor's first byte, from the start of the file.</summary>
    public long Offset { get; }

    /// <summary>The tensor's length in bytes.</summary>
    public long ByteLength { get; }

    /// <summary>
    /// The tensor's bytes in place. For a file on a disk this maps the file: the span must not be used after the file is disposed, and
    /// while it is used no other program may shorten the file, because the operating system ends a process that touches a lost page.
    /// <see cref="CopyTo"/> and <see cref="ReadFloats"/> have neither danger.
    /// </summary>
    /// <exception cref="WeightLoadException"><see cref="WeightLoadError.TensorTooLarge"/>: more bytes than a span holds (2 GiB), use
    /// <see cref="Slice"/>; <see cref="WeightLoadError.FileChanged"/>: the file is shorter than when it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public ReadOnlySpan<byte> Bytes => ByteLength <= int.MaxValue
        ? _source.Span(Offset, (int)ByteLength)
        : throw new WeightProblem(WeightLoadError.TensorTooLarge,
            $"tensor {WeightProblem.Quote(Name)} has {ByteLength} bytes and one span holds {int.MaxValue}", "Read it in parts.")
        { Tensor = Name, Offset = Offset, Expected = $"at most {int.MaxValue} bytes", Found = $"{ByteLength} bytes" }.In(_source.Name);

    /// <summary>A part of the tensor's bytes in place; see <see cref="Bytes"/> for what must hold while it is used.</summary>
    /// <param name="offset">The first byte, from the start of the tensor.</param>
    /// <param name="length">Bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the tensor.</exception>
    /// <exception cref="WeightLoadException"><see cref="WeightLoadError.FileChanged"/>: the file is shorter than when it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ThrowIfOutside(offset, length, ByteLength);
        return _source.Span(Offset + offset, length);
    }

    /// <summary>Copies a part of the tensor's bytes.</summary>
    /// <param name="offset">The first byte, from the start of the tensor.</param>
    /// <param name="destination">Takes as many bytes as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is not inside the tensor.</exception>
    /// <exception cref="WeightLoadException">The file could not be read, or is shorter than when it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public void CopyTo(long offset, Span<byte> destination)
    {
        ThrowIfOutside(offset, destination.Length, ByteLength);
        _source.Read(Offset + offset, destination);
    }

    /// <summary>Reads elements as floats; F16 and BF16 are widened exactly. NaN and infinities pass through.</summary>
    /// <param name="first">The first element, in row-major order.</param>
    /// <param name="destination">Takes as many elements as it is long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The elements are not inside the tensor.</exception>
    /// <exception cref="WeightLoadException"><see cref="WeightLoadError.UnsupportedDType"/>: the elements are not F32, F16 or BF16; or the file
    /// could not be read, or is shorter than when it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public void ReadFloats(long first, Span<float> destination)
    {
        if (!DType.IsReadableAsFloat())
        {
            throw UnsupportedDType().In(_source.Name);
        }
        int size = DType.Bits() / 8;
        ThrowIfOutside(first, destination.Length, ByteLength / size);
        FloatReader.Read(_source, Offset + first * size, DType, destination);
    }

    internal WeightProblem UnsupportedDType() => new(WeightLoadError.UnsupportedDType,
        $"tensor {WeightProblem.Quote(Name)} is stored as {DType} and only F32, F16 and BF16 can be read",
        "Convert the checkpoint to F32 or F16 and save it again; quantised checkpoints of other tools are not read.")
    { Tensor = Name, Offset = Offset, Expected = "F32, F16 or BF16", Found = $"{DType}" };

    private static void ThrowIfOutside(long offset, long length, long limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, limit - length);
    }
}
