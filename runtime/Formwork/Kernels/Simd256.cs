using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>Eight floats on AVX2 with fused multiply-add.</summary>
internal readonly unsafe struct Simd256 : ISimd<Simd256>
{
    private readonly Vector256<float> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Simd256(Vector256<float> lanes) => _lanes = lanes;

    internal Vector256<float> Lanes => _lanes;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 8;
    }

    public static Simd256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator +(Simd256 left, Simd256 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator -(Simd256 left, Simd256 right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator *(Simd256 left, Simd256 right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 operator /(Simd256 left, Simd256 right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Simd256 value) => value._lanes.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 MultiplyAdd(Simd256 left, Simd256 right, Simd256 addend) =>
        new(Fma.MultiplyAdd(left._lanes, right._lanes, addend._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Max(Simd256 first, Simd256 second) => new(Avx.Max(first._lanes, second._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Min(Simd256 first, Simd256 second) => new(Avx.Min(first._lanes, second._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Abs(Simd256 value) => new(Vector256.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 Round(Simd256 value) => new(Vector256.Round(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 ScaleByPowerOfTwo(Simd256 value, Simd256 exponent)
    {
        // One exponent field cannot hold 2^-150 or 2^128, so the power goes in as two factors.
        Vector256<int> whole = Vector256.ConvertToInt32Native(exponent._lanes);
        Vector256<int> half = whole >> 1;
        return new(value._lanes * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 WhereNegative(Simd256 selector, Simd256 negative, Simd256 other) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(selector._lanes, Vector256<float>.Zero), negative._lanes, other._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Simd256 value) =>
        Simd128.MaxLane(new Simd128(Sse.Max(value._lanes.GetLower(), value._lanes.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Simd256 value)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(value._lanes);
        return Vector256.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumSingle(Simd256 value) => Simd128.SumSingle(new Simd128(value._lanes.GetLower() + value._lanes.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd256 KeepFirst(Simd256 value, nint count, Simd256 fill) =>
        new(Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256<int>.Indices, Vector256.Create((int)count)).AsSingle(), value._lanes, fill._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EqualLanes(Simd256 left, Simd256 right) =>
        (uint)Vector256.Equals(left._lanes, right._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterLanes(Simd256 left, Simd256 right) =>
        (uint)Vector256.GreaterThan(left._lanes, right._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> exponent) =>
        ((exponent + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadBFloat16Pairs(uint* source, out Simd256 left, out Simd256 right)
    {
        Vector256<uint> pairs = Vector256.Load(source);
        left = new((pairs << 16).AsSingle());
        right = new((pairs & Vector256.Create(0xffff0000u)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadFloat16Pairs(uint* source, out Simd256 left, out Simd256 right)
    {
        // Sign, exponent and fraction move to a float's places; the exponents' biases then differ by 112. Subnormal numbers come out right too.
        Vector256<int> pairs = Vector256.Load((int*)source);
        Vector256<int> places = Vector256.Create(unchecked((int)0x8fffe000));
        Vector256<float> rebias = Vector256.Create(5.192296858534828e33f);
        left = new((((pairs << 16) >> 3) & places).AsSingle() * rebias);
        right = new(((pairs >> 3) & places).AsSingle() * rebias);
    }
}
