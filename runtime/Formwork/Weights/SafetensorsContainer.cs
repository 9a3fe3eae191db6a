using System.Buffers.Binary;

namespace Formwork.Weights;

/// <summary>The outermost layer of the format: eight little-endian bytes with the header's length, then the header, then the data.</summary>
internal static class SafetensorsContainer
{
    /// <summary>Copies the header of a file; what is not a safetensors file is refused with the reason.</summary>
    public static byte[] ReadHeader(ByteSource source)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(source.Length, ForeignFormats.PrefixBytes)];
        source.Read(0, start);
        if (Check(start, source.Length, out int headerBytes) is { } problem)
        {
            // A file of another kind fails these checks by chance at one or the other, so its kind is the better answer.
            throw (ForeignFormats.Recognise(start) ?? problem).In(source.Name);
        }
        var header = GC.AllocateUninitializedArray<byte>(headerBytes);
        source.Read(SafetensorsLimits.LengthBytes, header);
        return header;
    }

    private static WeightProblem? Check(ReadOnlySpan<byte> start, long fileLength, out int headerBytes)
    {
        const string Download = "The file is incomplete: download or copy it again.";
        headerBytes = 0;
        if (fileLength == 0)
        {
            return new WeightProblem(WeightLoadError.EmptyFile, "the file is empty", Download);
        }
        if (fileLength < SafetensorsLimits.LengthBytes)
        {
            return new WeightProblem(WeightLoadError.TooShort,
                $"the file has {fileLength} bytes and the length of a safetensors header alone takes {SafetensorsLimits.LengthBytes}", Download)
            { Offset = 0, Expected = "at least 8 bytes", Found = $"{fileLength} bytes" };
        }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length == 0)
        {
            return new WeightProblem(WeightLoadError.HeaderEmpty, "the header's length is 0 where even an empty header has two bytes",
                "The file was not finished, or is not a safetensors file: write it again with safetensors' save_file.")
            { Offset = 0, Expected = "2 to 100000000", Found = "0" };
        }
        long available = fileLength - SafetensorsLimits.LengthBytes;
        if (length > SafetensorsLimits.HeaderBytes)
        {
            return IsBigEndian(start, available)
                ? new WeightProblem(WeightLoadError.WrongEndianness,
                    "the header's length is stored with its most significant byte first and the format stores it last",
                    "The program that wrote the file does not follow the safetensors format: write it again with safetensors' save_file.")
                { Offset = 0 }
                : new WeightProblem(WeightLoadError.HeaderTooLong,
                    $"the header's length is {length} bytes and the format allows {SafetensorsLimits.HeaderBytes}",
                    "The file is damaged, or is not a safetensors file.")
                { Offset = 0, Expected = $"at most {SafetensorsLimits.HeaderBytes}", Found = $"{length}" };
        }
        if ((long)length > available)
        {
            return new WeightProblem(WeightLoadError.HeaderTruncated,
                $"the header is {length} bytes long and the file has {available} bytes after the header's length", Download)
            { Offset = fileLength, Expected = $"{length} bytes", Found = $"{available} bytes" };
        }
        if (start[SafetensorsLimits.LengthBytes] != (byte)'{')
        {
            bool mark = start[SafetensorsLimits.LengthBytes..].StartsWith("\uFEFF"u8);
            return new WeightProblem(mark ? WeightLoadError.HeaderByteOrderMark : WeightLoadError.HeaderNotObject,
                (mark ? "the header begins with a byte order mark" : $"the header begins with the byte 0x{start[8]:X2}")
                    + " and the format has it begin with '{'",
                "The file is damaged, or was not written by a safetensors library: write it again with save_file.")
            { Offset = SafetensorsLimits.LengthBytes, Expected = "0x7B", Found = $"0x{start[8]:X2}" };
        }
        headerBytes = (int)length;
        return null;
    }

    private static bool IsBigEndian(ReadOnlySpan<byte> start, long available) =>
        BinaryPrimitives.ReadUInt64BigEndian(start) is >= 2 and <= SafetensorsLimits.HeaderBytes and var length
        && (long)length <= available
        && start[SafetensorsLimits.LengthBytes] == (byte)'{';
}
