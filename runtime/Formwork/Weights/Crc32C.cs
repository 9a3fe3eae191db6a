using System.Buffers.Binary;
using System.Numerics;

namespace Formwork.Weights;

/// <summary>
/// CRC-32C (Castagnoli), as iSCSI and ext4 use it: the checksum that processors compute by themselves. It finds accidents, not intentions.
/// </summary>
internal static class Crc32C
{
    /// <summary>The checksum of no bytes, to begin with.</summary>
    public const uint Empty = 0;

    /// <summary>The checksum of bytes that follow those of another.</summary>
    /// <param name="checksum">The checksum of the bytes before.</param>
    /// <param name="bytes">The bytes.</param>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~checksum;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
