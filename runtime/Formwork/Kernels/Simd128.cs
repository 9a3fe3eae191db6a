using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>Four floats on any instruction set with 128-bit registers: SSE, AdvSimd, WebAssembly, or none.</summary>
internal readonly unsafe struct Simd128 : ISimd<Simd128>
{
    private readonly Vector128<float> _lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Simd128(Vector128<float> lanes) => _lanes = lanes;

    internal Vector128<float> Lanes => _lanes;

    public static int Width
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    public static Simd128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator +(Simd128 left, Simd128 right) => new(left._lanes + right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator -(Simd128 left, Simd128 right) => new(left._lanes - right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator *(Simd128 left, Simd128 right) => new(left._lanes * right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 operator /(Simd128 left, Simd128 right) => new(left._lanes / right._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, Simd128 value) => value._lanes.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 MultiplyAdd(Simd128 left, Simd128 right, Simd128 addend) =>
        new(AdvSimd.IsSupported
            ? AdvSimd.FusedMultiplyAdd(addend._lanes, left._lanes, right._lanes)
            : (left._lanes * right._lanes) + addend._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Max(Simd128 first, Simd128 second) =>
        // Vector128.Max treats NaN and signed zeros as IEEE 754 says, which costs x86 several instructions and no kernel needs.
        new(Sse.IsSupported ? Sse.Max(first._lanes, second._lanes) : Vector128.Max(first._lanes, second._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Min(Simd128 first, Simd128 second) =>
        // Vector128.Min treats NaN and signed zeros as IEEE 754 says, which costs x86 several instructions and no kernel needs.
        new(Sse.IsSupported ? Sse.Min(first._lanes, second._lanes) : Vector128.Min(first._lanes, second._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Abs(Simd128 value) => new(Vector128.Abs(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 Round(Simd128 value) => new(Vector128.Round(value._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 ScaleByPowerOfTwo(Simd128 value, Simd128 exponent)
    {
        // One exponent field cannot hold 2^-150 or 2^128, so the power goes in as two factors.
        Vector128<int> whole = Vector128.ConvertToInt32Native(exponent._lanes);
        Vector128<int> half = whole >> 1;
        return new(value._lanes * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 WhereNegative(Simd128 selector, Simd128 negative, Simd128 other) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(selector._lanes, Vector128<float>.Zero), negative._lanes, other._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Simd128 value)
    {
        Simd128 pairs = Max(value, new Simd128(Vector128.Shuffle(value._lanes, Vector128.Create(2, 3, 0, 1))));
        return Max(pairs, new Simd128(Vector128.Shuffle(pairs._lanes, Vector128.Create(1, 0, 3, 2))))._lanes.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Simd128 value)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value._lanes);
        return Vector128.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumSingle(Simd128 value)
    {
        Vector128<float> pairs = value._lanes + Vector128.Shuffle(value._lanes, Vector128.Create(2, 3, 0, 1));
        return (pairs + Vector128.Shuffle(pairs, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd128 KeepFirst(Simd128 value, nint count, Simd128 fill) =>
        new(Vector128.ConditionalSelect(
            Vector128.LessThan(Vector128<int>.Indices, Vector128.Create((int)count)).AsSingle(), value._lanes, fill._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint EqualLanes(Simd128 left, Simd128 right) =>
        (uint)Vector128.Equals(left._lanes, right._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GreaterLanes(Simd128 left, Simd128 right) =>
        (uint)Vector128.GreaterThan(left._lanes, right._lanes).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> exponent) =>
        ((exponent + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadBFloat16Pairs(uint* source, out Simd128 left, out Simd128 right)
    {
        Vector128<uint> pairs = Vector128.Load(source);
        left = new((pairs << 16).AsSingle());
        right = new((pairs & Vector128.Create(0xffff0000u)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadFloat16Pairs(uint* source, out Simd128 left, out Simd128 right)
    {
        // Sign, exponent and fraction move to a float's places; the exponents' biases then differ by 112. Subnormal numbers come out right too.
        Vector128<int> pairs = Vector128.Load((int*)source);
        Vector128<int> places = Vector128.Create(unchecked((int)0x8fffe000));
        Vector128<float> rebias = Vector128.Create(5.192296858534828e33f);
        left = new((((pairs << 16) >> 3) & places).AsSingle() * rebias);
        right = new(((pairs >> 3) & places).AsSingle() * rebias);
    }
}
