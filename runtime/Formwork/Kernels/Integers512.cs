using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>64 bytes of integers on AVX-512.</summary>
internal readonly unsafe struct Integers512 : IIntegers<Integers512, Simd512>
{
    private readonly Vector512<int> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Integers512(Vector512<int> lanes) => _lanes = lanes;

    public static Integers512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<int>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 Broadcast(int value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 Load(byte* source) => new(Vector512.Load((int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 Add(Integers512 left, Integers512 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 AddShorts(Integers512 left, Integers512 right) => new((left._lanes.AsInt16() + right._lanes.AsInt16()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 AddProducts(Integers512 sums, Integers512 weights, Integers512 magnitudes, Integers512 signs, Integers512 ones) =>
        Add(sums, SumPairs(PairProducts(magnitudes, new(weights._lanes ^ signs._lanes)), ones));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 LowNibbles(Integers512 bytes) => new(bytes._lanes & Vector512.Create((byte)0x0f).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 HighNibbles(Integers512 bytes) => new((bytes._lanes >>> 4) & Vector512.Create((byte)0x0f).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 PairProducts(Integers512 unsignedBytes, Integers512 signedBytes) =>
        new(Avx512BW.MultiplyAddAdjacent(unsignedBytes._lanes.AsByte(), signedBytes._lanes.AsSByte()).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 SumPairs(Integers512 shorts, Integers512 ones) =>
        new(Avx512BW.MultiplyAddAdjacent(shorts._lanes.AsInt16(), ones._lanes.AsInt16()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 ToFloats(Integers512 value) => new(Avx512F.ConvertToVector512Single(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 FromWholeFloats(Simd512 value) => new(Avx512F.ConvertToVector512Int32(value.Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 Abs(Integers512 value) => new(Vector512.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 Signs(Integers512 value) => new(value._lanes >> 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Integers512 And(Integers512 left, Integers512 right) => new(left._lanes & right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowBytes(byte* destination, Integers512 value) =>
        Avx512F.ConvertToVector128Byte(value._lanes).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreLowBytesInTurns(byte* destination, Integers512 first, Integers512 second)
    {
        Vector128<int> one = Avx512F.ConvertToVector128Byte(first._lanes).AsInt32();
        Vector128<int> two = Avx512F.ConvertToVector128Byte(second._lanes).AsInt32();
        Sse2.UnpackLow(one, two).AsByte().Store(destination);
        Sse2.UnpackHigh(one, two).AsByte().Store(destination + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Integers512 value) => Vector512.Sum(value._lanes);
}
