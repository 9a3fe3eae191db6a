using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>32 bytes of integers on AVX2.</summary>
internal readonly unsafe struct Integers256 : IIntegers<Integers256, Simd256>
{
    private readonly Vector256<int> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Integers256(Vector256<int> lanes) => _lanes = lanes;

    public static Integers256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<int>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 Broadcast(int value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 Load(byte* source) => new(Vector256.Load((int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 Add(Integers256 left, Integers256 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 AddShorts(Integers256 left, Integers256 right) => new((left._lanes.AsInt16() + right._lanes.AsInt16()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 AddProducts(Integers256 sums, Integers256 weights, Integers256 magnitudes, Integers256 signs, Integers256 ones) =>
        Add(sums, SumPairs(PairProducts(magnitudes, new(weights._lanes ^ signs._lanes)), ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 LowNibbles(Integers256 bytes) => new(bytes._lanes & Vector256.Create((byte)0x0f).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 HighNibbles(Integers256 bytes) => new((bytes._lanes >>> 4) & Vector256.Create((byte)0x0f).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 PairProducts(Integers256 unsignedBytes, Integers256 signedBytes) =>
        new(Avx2.MultiplyAddAdjacent(unsignedBytes._lanes.AsByte(), signedBytes._lanes.AsSByte()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 SumPairs(Integers256 shorts, Integers256 ones) =>
        new(Avx2.MultiplyAddAdjacent(shorts._lanes.AsInt16(), ones._lanes.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 ToFloats(Integers256 value) => new(Avx.ConvertToVector256Single(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 FromWholeFloats(Simd256 value) => new(Avx.ConvertToVector256Int32(value.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 Abs(Integers256 value) => new(Vector256.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 Signs(Integers256 value) => new(value._lanes >> 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers256 And(Integers256 left, Integers256 right) => new(left._lanes & right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowBytes(byte* destination, Integers256 value) => *(ulong*)destination = LowBytes(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowBytesInTurns(byte* destination, Integers256 first, Integers256 second)
    {
        Vector128<int> one = Vector128.CreateScalar(LowBytes(first)).AsInt32();
        Vector128<int> two = Vector128.CreateScalar(LowBytes(second)).AsInt32();
        Sse2.UnpackLow(one, two).AsByte().Store(destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Integers256 value) => Vector256.Sum(value._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LowBytes(Integers256 value)
    {
        Vector128<short> shorts = Vector128.Narrow(value._lanes.GetLower(), value._lanes.GetUpper());
        return Vector128.Narrow(shorts, shorts).AsUInt64().ToScalar();
    }
}
