using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>Sixteen floats on AVX-512.</summary>
internal readonly unsafe struct Simd512 : ISimd<Simd512>
{
    private readonly Vector512<float> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Simd512(Vector512<float> lanes) => _lanes = lanes;

    internal Vector512<float> Lanes => _lanes;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 16;
    }

    public static Simd512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator +(Simd512 left, Simd512 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator -(Simd512 left, Simd512 right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator *(Simd512 left, Simd512 right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 operator /(Simd512 left, Simd512 right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Simd512 value) => value._lanes.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 MultiplyAdd(Simd512 left, Simd512 right, Simd512 addend) =>
        new(Avx512F.FusedMultiplyAdd(left._lanes, right._lanes, addend._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Max(Simd512 first, Simd512 second) => new(Avx512F.Max(first._lanes, second._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Min(Simd512 first, Simd512 second) => new(Avx512F.Min(first._lanes, second._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Abs(Simd512 value) => new(Vector512.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 Round(Simd512 value) => new(Vector512.Round(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 ScaleByPowerOfTwo(Simd512 value, Simd512 exponent) =>
        new(Avx512F.Scale(value._lanes, exponent._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 WhereNegative(Simd512 selector, Simd512 negative, Simd512 other) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(selector._lanes, Vector512<float>.Zero), negative._lanes, other._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Simd512 value) =>
        Simd256.MaxLane(new Simd256(Avx.Max(value._lanes.GetLower(), value._lanes.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Simd512 value)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(value._lanes);
        return Vector512.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumSingle(Simd512 value) => Simd256.SumSingle(new Simd256(value._lanes.GetLower() + value._lanes.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd512 KeepFirst(Simd512 value, nint count, Simd512 fill) =>
        new(Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle(), value._lanes, fill._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EqualLanes(Simd512 left, Simd512 right) =>
        (uint)Vector512.Equals(left._lanes, right._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterLanes(Simd512 left, Simd512 right) =>
        (uint)Vector512.GreaterThan(left._lanes, right._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadBFloat16Pairs(uint* source, out Simd512 left, out Simd512 right)
    {
        Vector512<uint> pairs = Vector512.Load(source);
        left = new((pairs << 16).AsSingle());
        right = new((pairs & Vector512.Create(0xffff0000u)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadFloat16Pairs(uint* source, out Simd512 left, out Simd512 right)
    {
        // Sign, exponent and fraction move to a float's places; the exponents' biases then differ by 112. Subnormal numbers come out right too.
        Vector512<int> pairs = Vector512.Load((int*)source);
        Vector512<int> places = Vector512.Create(unchecked((int)0x8fffe000));
        Vector512<float> rebias = Vector512.Create(5.192296858534828e33f);
        left = new((((pairs << 16) >> 3) & places).AsSingle() * rebias);
        right = new(((pairs >> 3) & places).AsSingle() * rebias);
    }
}
