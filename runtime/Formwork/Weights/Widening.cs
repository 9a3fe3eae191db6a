using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Formwork.Weights;

/// <summary>
/// Exact conversions of 16-bit floats to 32 bits. The source may be the second half of the destination's own memory: a vector is read
/// whole before its two results are written, and element i's result (bytes 4i to 4i+3) never passes the next unread source
/// element (byte 2n+2i+2 of 4n). Optimised at once, because a program loads once, before tiered compilation would do it.
/// </summary>
internal static class Widening
{
    private const uint HalfExponent = 0x7C00u << 13;

    /// <summary>IEEE binary16 to binary32. A NaN stays a NaN, with its payload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Half(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            FromHalf(low).CopyTo(bits[i..]);
            FromHalf(high).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }
        for (; i < source.Length; i++)
        {
            bits[i] = FromHalf(new Vector<uint>(source[i]))[0];
        }
    }

    /// <summary>bfloat16 to binary32: the lower half of the float is zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
        int i = 0;
        for (; i <= source.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
        {
            Vector.Widen(new Vector<ushort>(source[i..]), out Vector<uint> low, out Vector<uint> high);
            (low << 16).CopyTo(bits[i..]);
            (high << 16).CopyTo(bits[(i + Vector<uint>.Count)..]);
        }
        for (; i < source.Length; i++)
        {
            bits[i] = (uint)source[i] << 16;
        }
    }

    // The fields move to their places and the exponent's bias grows from 15 to 127. An exponent of 31 (infinity, NaN) becomes 255. An
    // exponent of 0 (zero, subnormal) has no implicit one: it is read as 2^-14·(1 + m) and the one is subtracted again, exactly.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> FromHalf(Vector<uint> half)
    {
        Vector<uint> magnitude = (half & new Vector<uint>(0x7FFF)) << 13;
        Vector<uint> exponent = magnitude & new Vector<uint>(HalfExponent);
        Vector<uint> rebiased = magnitude + new Vector<uint>((127 - 15) << 23);
        Vector<uint> special = magnitude + new Vector<uint>((255 - 31) << 23);
        var one = new Vector<uint>((127 - 14) << 23);
        Vector<uint> subnormal = Vector.AsVectorUInt32(
            Vector.AsVectorSingle(magnitude + one) - Vector.AsVectorSingle(one));
        Vector<uint> result = Vector.ConditionalSelect(Vector.Equals(exponent, new Vector<uint>(HalfExponent)), special,
            Vector.ConditionalSelect(Vector.Equals(exponent, Vector<uint>.Zero), subnormal, rebiased));
        return result | ((half & new Vector<uint>(0x8000)) << 16);
    }
}
