using System.Buffers.Binary;

namespace Formwork.Text;

/// <summary>How a protocol-buffer field is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}

/// <summary>
/// Reads the fields of one protocol-buffer message, in order, from memory. It allocates nothing, recurses nowhere, and reports
/// every violation as a <see cref="VocabularyLoadException"/> with the offset in the whole file.
/// </summary>
internal ref struct WireReader
{
    private const string Advice = "The file is damaged or not a SentencePiece model; fetch it again.";

    private readonly ReadOnlySpan<byte> _data;
    private readonly long _origin;
    private int _position;
    private int _fieldStart;
    private int _field;
    private WireType _type;

    public WireReader(ReadOnlySpan<byte> data, long origin)
    {
        _data = data;
        _origin = origin;
    }

    /// <summary>The offset, in the file, of the field that was read last.</summary>
    public readonly long FieldOffset => _origin + _fieldStart;

    /// <summary>The offset, in the file, of what will be read next.</summary>
    public readonly long Offset => _origin + _position;

    /// <summary>Moves to the next field; false at the end of the message.</summary>
    public bool Next(out int field)
    {
        field = 0;
        if (_position == _data.Length)
        {
            return false;
        }
        _fieldStart = _position;
        ulong tag = Varint();
        _type = (WireType)(tag & 7);
        if (tag >> 3 is 0 or > 0x1FFFFFFF || _type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Malformed, FieldOffset, "a field tag", $"the number {tag}", Advice);
        }
        field = _field = (int)(tag >> 3);
        return true;
    }

    public int Int32()
    {
        Expect(WireType.Varint);
        return unchecked((int)Varint());
    }

    public bool Bool()
    {
        Expect(WireType.Varint);
        return Varint() != 0;
    }

    public float Float()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public ReadOnlySpan<byte> Bytes()
    {
        Expect(WireType.Bytes);
        return LengthPrefixed();
    }

    public WireReader Message()
    {
        ReadOnlySpan<byte> content = Bytes();
        return new WireReader(content, Offset - content.Length);
    }

    /// <summary>Passes over the value of a field that does not matter.</summary>
    public void Skip()
    {
        switch (_type)
        {
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                LengthPrefixed();
                break;
        }
    }

    private readonly void Expect(WireType type)
    {
        if (_type != type)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Malformed, FieldOffset, $"field {_field} as {type}", $"{_type}", Advice);
        }
    }

    private ReadOnlySpan<byte> LengthPrefixed()
    {
        ulong length = Varint();
        return Take(length);
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        int left = _data.Length - _position;
        if (length > (ulong)left)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Truncated, Offset, $"{length} more bytes", $"{left}", Advice);
        }
        ReadOnlySpan<byte> taken = _data.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private ulong Varint()
    {
        int start = _position;
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_position == _data.Length)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.Truncated, _origin + start, "a whole number", "the end of the data inside it", Advice);
            }
            byte part = _data[_position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
        throw new VocabularyLoadException(
            VocabularyLoadError.Malformed, _origin + start, "a number of at most 10 bytes", "a longer one", Advice);
    }
}
