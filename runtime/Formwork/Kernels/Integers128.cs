using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>16 bytes of integers on any processor.</summary>
internal readonly unsafe struct Integers128 : IIntegers<Integers128, Simd128>
{
    private readonly Vector128<int> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Integers128(Vector128<int> lanes) => _lanes = lanes;

    public static Integers128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<int>.Zero);
    }

    internal Vector128<int> Lanes => _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 Broadcast(int value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 Load(byte* source) => new(Vector128.Load((int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 Add(Integers128 left, Integers128 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 AddShorts(Integers128 left, Integers128 right) => new((left._lanes.AsInt16() + right._lanes.AsInt16()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 AddProducts(Integers128 sums, Integers128 weights, Integers128 magnitudes, Integers128 signs, Integers128 ones) =>
        Add(sums, SumPairs(PairProducts(magnitudes, new(weights._lanes ^ signs._lanes)), ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 LowNibbles(Integers128 bytes) => new(bytes._lanes & Vector128.Create((byte)0x0f).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 HighNibbles(Integers128 bytes) => new((bytes._lanes >>> 4) & Vector128.Create((byte)0x0f).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 PairProducts(Integers128 unsignedBytes, Integers128 signedBytes) =>
        Ssse3.IsSupported
            ? new(Ssse3.MultiplyAddAdjacent(unsignedBytes._lanes.AsByte(), signedBytes._lanes.AsSByte()).AsInt32())
            : PortablePairProducts(unsignedBytes, signedBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 SumPairs(Integers128 shorts, Integers128 ones) =>
        Sse2.IsSupported
            ? new(Sse2.MultiplyAddAdjacent(shorts._lanes.AsInt16(), ones._lanes.AsInt16()))
            : PortableSumPairs(shorts);

    /// <summary><see cref="PairProducts"/> with what every processor has: the even and the odd bytes, each widened in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Integers128 PortablePairProducts(Integers128 unsignedBytes, Integers128 signedBytes)
    {
        Vector128<short> factors = unsignedBytes._lanes.AsInt16();
        Vector128<short> bytes = signedBytes._lanes.AsInt16();
        Vector128<short> even = (factors & Vector128.Create((short)0xff)) * ((bytes << 8) >> 8);
        Vector128<short> odd = (factors >>> 8) * (bytes >> 8);
        return new((even + odd).AsInt32());
    }

    /// <summary><see cref="SumPairs"/> with what every processor has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Integers128 PortableSumPairs(Integers128 shorts) => new(((shorts._lanes << 16) >> 16) + (shorts._lanes >> 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 ToFloats(Integers128 value) => new(Vector128.ConvertToSingle(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 FromWholeFloats(Simd128 value) => new(Vector128.ConvertToInt32Native(value.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 Abs(Integers128 value) => new(Vector128.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 Signs(Integers128 value) => new(value._lanes >> 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers128 And(Integers128 left, Integers128 right) => new(left._lanes & right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowBytes(byte* destination, Integers128 value) => *(uint*)destination = LowBytes(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowBytesInTurns(byte* destination, Integers128 first, Integers128 second)
    {
        *(uint*)destination = LowBytes(first);
        *(uint*)(destination + 4) = LowBytes(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Integers128 value) => Vector128.Sum(value._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LowBytes(Integers128 value)
    {
        Vector128<short> shorts = Vector128.Narrow(value._lanes, value._lanes);
        return Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
    }
}
