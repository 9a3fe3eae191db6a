using System.Numerics;
using System.Runtime.InteropServices;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Turns stored elements into numbers. Little-endian machines alone, as everything that packs.</summary>
internal static class ElementDecoder
{
    private const int BFloat16Shift = 16;

    /// <summary>Whether the elements of a type are numbers that are read here: not the 4-, 6- and 8-bit floats, nor complex ones.</summary>
    public static bool CanDecode(SafetensorsDType type) => type switch
    {
        SafetensorsDType.Bool or SafetensorsDType.U8 or SafetensorsDType.I8 or SafetensorsDType.I16 or SafetensorsDType.U16 or SafetensorsDType.F16
            or SafetensorsDType.BF16 or SafetensorsDType.I32 or SafetensorsDType.U32 or SafetensorsDType.F32 or SafetensorsDType.F64
            or SafetensorsDType.I64 or SafetensorsDType.U64 => true,
        _ => false,
    };

    /// <summary>Decodes whole elements.</summary>
    /// <param name="type">A type that <see cref="CanDecode"/> is true for.</param>
    /// <param name="bytes">The elements as they are stored.</param>
    /// <param name="values">Takes them; long enough.</param>
    /// <returns>How many there are.</returns>
    public static int Decode(SafetensorsDType type, ReadOnlySpan<byte> bytes, Span<double> values) => type switch
    {
        SafetensorsDType.Bool or SafetensorsDType.U8 => Convert<byte>(bytes, values),
        SafetensorsDType.I8 => Convert<sbyte>(bytes, values),
        SafetensorsDType.I16 => Convert<short>(bytes, values),
        SafetensorsDType.U16 => Convert<ushort>(bytes, values),
        SafetensorsDType.F16 => Convert<Half>(bytes, values),
        SafetensorsDType.BF16 => ConvertBFloat16(bytes, values),
        SafetensorsDType.I32 => Convert<int>(bytes, values),
        SafetensorsDType.U32 => Convert<uint>(bytes, values),
        SafetensorsDType.F32 => Convert<float>(bytes, values),
        SafetensorsDType.F64 => Convert<double>(bytes, values),
        SafetensorsDType.I64 => Convert<long>(bytes, values),
        SafetensorsDType.U64 => Convert<ulong>(bytes, values),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static int Convert<T>(ReadOnlySpan<byte> bytes, Span<double> values)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(bytes);
        for (int i = 0; i < elements.Length; i++)
        {
            values[i] = double.CreateTruncating(elements[i]);
        }

        return elements.Length;
    }

    private static int ConvertBFloat16(ReadOnlySpan<byte> bytes, Span<double> values)
    {
        ReadOnlySpan<ushort> elements = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (int i = 0; i < elements.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)elements[i] << BFloat16Shift);
        }

        return elements.Length;
    }
}
