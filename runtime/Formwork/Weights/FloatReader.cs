using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Formwork.Weights;

/// <summary>Reads stored elements into floats without a second buffer.</summary>
internal static class FloatReader
{
    // A span of floats can have more bytes than a span of bytes can hold.
    private const int LongestRun = 1 << 28;

    /// <summary>Reads <paramref name="destination"/>'s length of elements that begin at a byte of the source.</summary>
    /// <param name="source">The file.</param>
    /// <param name="offset">The first element's first byte, at any alignment.</param>
    /// <param name="dtype">F32, F16 or BF16.</param>
    /// <param name="destination">Takes as many elements as it is long.</param>
    public static void Read(ByteSource source, long offset, SafetensorsDType dtype, Span<float> destination)
    {
        while (destination.Length > LongestRun)
        {
            Read(source, offset, dtype, destination[..LongestRun]);
            offset += (long)LongestRun * (dtype.Bits() / 8);
            destination = destination[LongestRun..];
        }
        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        if (dtype == SafetensorsDType.F32)
        {
            source.Read(offset, bytes);
            if (!BitConverter.IsLittleEndian)
            {
                Span<int> words = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
            }
            return;
        }
        // Half as wide as a float, the stored elements fit the destination's second half and are widened from there to the front.
        Span<byte> second = bytes[(bytes.Length / 2)..];
        source.Read(offset, second);
        Span<ushort> stored = MemoryMarshal.Cast<byte, ushort>(second);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(stored, stored);
        }
        if (dtype == SafetensorsDType.F16)
        {
            Widening.Half(stored, destination);
        }
        else
        {
            Widening.BFloat16(stored, destination);
        }
    }
}
