using System.Buffers.Binary;
using System.Text;

namespace Formwork.Weights;

/// <summary>
/// The header of a file of packed weights (<c>.fw</c>), little-endian:
/// <code>
///  0   8  89 46 57 4B 0D 0A 1A 0A
///  8   4  0A0B0C0D, whose bytes tell the order of all others
/// 12   4  version
/// 16   4  H, the header's length
/// 20   4  CRC-32C of the data
/// 24   8  the file's length
/// 32   8  where the data begin, a multiple of 64
/// 40   8  the data's length
/// 48  16  fingerprint of the layout, lower half first
/// 64   4  N, the name's length in bytes
/// 68   N  the model's name in UTF-8, for messages
/// H−4  4  CRC-32C of the header's bytes so far
/// </code>
/// Zeros follow up to the data, which are the weight memory, byte for byte.
/// </summary>
/// <param name="Model">The name of the type that the weights were packed for.</param>
/// <param name="Fingerprint">Its layout.</param>
/// <param name="DataOffset">The first byte of the weights in the file.</param>
/// <param name="DataLength">Bytes of weights.</param>
/// <param name="DataChecksum">Their CRC-32C.</param>
internal sealed record PackedHeader(string Model, UInt128 Fingerprint, long DataOffset, long DataLength, uint DataChecksum)
{
    /// <summary>Moves with every change of this header, of <see cref="Kernels.PanelLayout"/> or of what a weight format makes of a weight's bytes:
    /// the data are used as they are.</summary>
    public const int Version = 1;

    /// <summary>Where the data are written: a page, so that the mapped weights are aligned as the widest kernel wants them.</summary>
    public const int Page = 4096;

    private const int Alignment = 64;
    private const uint ByteOrder = 0x0A0B0C0D;
    private const int NameAt = 68;
    private const int ChecksumBytes = 4;
    private const int MostNameBytes = 1024;
    private const int LeastBytes = NameAt + ChecksumBytes;
    private const int MostBytes = LeastBytes + MostNameBytes;

    private const string Damaged = "The file is damaged: copy it again, or load the original safetensors file and save it again.";

    /// <summary>The first bytes. As in PNG, one that is no text, line ends that a transfer as text would change, and one that stops a listing.</summary>
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'F', (byte)'W', (byte)'K', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>Whether bytes begin like packed weights. Four are enough: as the length of a safetensors header they would be too large.</summary>
    public static bool IsAt(ReadOnlySpan<byte> start) => start.StartsWith(Magic[..4]);

    /// <summary>Whether a source holds packed weights, sound or not.</summary>
    public static bool IsAt(ByteSource source)
    {
        Span<byte> start = stackalloc byte[4];
        if (source.Length < start.Length)
        {
            return false;
        }

        source.Read(0, start);
        return IsAt(start);
    }

    /// <summary>Reads and checks the header of a source: after this its numbers describe a part of the source.</summary>
    /// <exception cref="WeightLoadException">It is not one, or damaged, or of another version, or the source has another length.</exception>
    public static PackedHeader Read(ByteSource source)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(source.Length, MostBytes)];
        source.Read(0, start);
        return Check(start, source.Length, out PackedHeader? header) is { } problem ? throw problem.In(source.Name) : header!;
    }

    /// <summary>The header's bytes, with the zeros that follow it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[DataOffset];
        Magic.CopyTo(bytes);
        // Names are for messages: one that no reader would take is cut.
        byte[] name = Encoding.UTF8.GetBytes(Model);
        int nameLength = Math.Min(name.Length, MostNameBytes);
        int checksumAt = NameAt + nameLength;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), ByteOrder);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), checksumAt + ChecksumBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(20), DataChecksum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), DataOffset + DataLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), DataOffset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(40), DataLength);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(48), Fingerprint);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(64), nameLength);
        name.AsSpan(0, nameLength).CopyTo(bytes.AsSpan(NameAt));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(checksumAt), Crc32C.Append(Crc32C.Empty, bytes.AsSpan(0, checksumAt)));
        return bytes;
    }

    /// <summary>The problem with weights that were packed for something else, or null where the layout is the model's.</summary>
    public WeightProblem? Mismatch(in WeightLayout layout)
    {
        if (Fingerprint == layout.Fingerprint && DataLength == layout.Bytes)
        {
            return null;
        }

        string summary = Model == layout.Model
            ? $"its weights were packed for another declaration of {layout.Model}: a size, a weight type or a tensor's name was different"
            : $"its weights were packed for {WeightProblem.Quote(Model)}, whose layout is another one than {layout.Model}'s";
        return new WeightProblem(WeightLoadError.OtherModel, summary,
            $"Load {layout.Model}'s original safetensors file and save it again with this declaration, or give the file that belongs to it.")
        { Offset = 48, Expected = Describe(layout.Fingerprint, layout.Bytes), Found = Describe(Fingerprint, DataLength) };
    }

    private static WeightProblem? Check(ReadOnlySpan<byte> start, long fileLength, out PackedHeader? header)
    {
        header = null;
        if (!IsAt(start))
        {
            return ForeignFormats.Recognise(start) is { } foreign
                ? foreign with { Code = WeightLoadError.NotPackedWeights }
                : new WeightProblem(WeightLoadError.NotPackedWeights, "the file does not begin as packed weights do",
                    "Packed weights (.fw) are what a model's Save writes; its Load reads safetensors files too.")
                { Offset = 0 };
        }

        if (start.Length < LeastBytes)
        {
            return Truncated(fileLength, $"{fileLength} bytes and its header alone takes at least {LeastBytes}", $"at least {LeastBytes} bytes");
        }

        if (!start.StartsWith(Magic))
        {
            return new WeightProblem(WeightLoadError.HeaderDamaged, "the line ends in the file's first bytes are not what was written",
                "The file was transferred as text: transfer it again in binary mode.")
            { Offset = 4, Expected = Convert.ToHexString(Magic), Found = Convert.ToHexString(start[..Magic.Length]) };
        }

        uint order = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (order != ByteOrder)
        {
            return BinaryPrimitives.ReverseEndianness(order) == ByteOrder
                ? new WeightProblem(WeightLoadError.WrongEndianness, "the file's numbers are stored with their most significant byte first",
                    "Packed weights are stored with it last: save them again on a little-endian machine.")
                { Offset = 8 }
                : HeaderDamaged(8, $"0x{ByteOrder:X8}", $"0x{order:X8}", "the mark of the order of bytes is none");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(start[12..]);
        if (version != Version)
        {
            return new WeightProblem(WeightLoadError.UnknownVersion,
                $"the file is of version {version} of the packed format and this runtime reads version {Version}",
                version > Version
                    ? "A newer Formwork wrote it: update the package, or load the original safetensors file and save it again with this one."
                    : "Load the original safetensors file and save it again.")
            { Offset = 12, Expected = $"{Version}", Found = $"{version}" };
        }

        return CheckNumbers(start, fileLength, out header);
    }

    private static WeightProblem? CheckNumbers(ReadOnlySpan<byte> start, long fileLength, out PackedHeader? header)
    {
        header = null;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(start[16..]);
        if (length is < LeastBytes or > MostBytes)
        {
            return HeaderDamaged(16, $"{LeastBytes} to {MostBytes}", $"{length}", $"the header's length is {length}");
        }

        if (length > start.Length)
        {
            return Truncated(fileLength, $"{fileLength} bytes and its header takes {length}", $"{length} bytes");
        }

        int checksumAt = (int)length - ChecksumBytes;
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(start[checksumAt..]);
        uint found = Crc32C.Append(Crc32C.Empty, start[..checksumAt]);
        if (expected != found)
        {
            return HeaderDamaged(checksumAt, $"0x{expected:X8}", $"0x{found:X8}", "the header does not have the checksum that it was written with");
        }

        // From here on only a file that somebody made on purpose can be wrong, and it must do no harm either.
        long total = BinaryPrimitives.ReadInt64LittleEndian(start[24..]);
        long dataOffset = BinaryPrimitives.ReadInt64LittleEndian(start[32..]);
        long dataLength = BinaryPrimitives.ReadInt64LittleEndian(start[40..]);
        uint nameLength = BinaryPrimitives.ReadUInt32LittleEndian(start[64..]);
        if (dataOffset < length || dataOffset % Alignment != 0 || dataLength < 0 || total < dataOffset || dataLength != total - dataOffset || nameLength != checksumAt - NameAt)
        {
            return HeaderDamaged(24, null, null, "the lengths in its header contradict each other");
        }

        if (fileLength < total)
        {
            return Truncated(fileLength, $"{fileLength} of the {total} bytes that its header describes", $"{total} bytes");
        }

        if (fileLength > total)
        {
            return new WeightProblem(WeightLoadError.TrailingBytes, $"{fileLength - total} bytes follow the {total} that its header describes", Damaged)
            { Offset = total, Expected = $"{total} bytes", Found = $"{fileLength} bytes" };
        }

        header = new(
            Encoding.UTF8.GetString(start[NameAt..checksumAt]),
            BinaryPrimitives.ReadUInt128LittleEndian(start[48..]),
            dataOffset,
            dataLength,
            BinaryPrimitives.ReadUInt32LittleEndian(start[20..]));
        return null;
    }

    private static WeightProblem Truncated(long fileLength, string counts, string expected) =>
        new(WeightLoadError.Truncated, $"the file has {counts}", "The file is incomplete: copy it again, or load the original safetensors file and save it again.")
        { Offset = fileLength, Expected = expected, Found = $"{fileLength} bytes" };

    private static WeightProblem HeaderDamaged(long offset, string? expected, string? found, string summary) =>
        new(WeightLoadError.HeaderDamaged, summary, Damaged) { Offset = offset, Expected = expected, Found = found };

    private static string Describe(UInt128 fingerprint, long bytes) => $"layout {fingerprint:x32} of {bytes} bytes";
}
