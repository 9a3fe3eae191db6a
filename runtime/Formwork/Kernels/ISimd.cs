using System.Numerics;

namespace Formwork.Kernels;

/// <summary>
/// One register of floats on one instruction set. Every kernel is written once over this interface and compiled once for each
/// implementation; the wrappers hold nothing but the register, so the just-in-time compiler keeps them in one.
/// </summary>
/// <typeparam name="TSelf">The implementing register type.</typeparam>
internal unsafe interface ISimd<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Floats in the register.</summary>
    static abstract int Width { get; }

    /// <summary>A register of zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>A register with <paramref name="value"/> in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Reads <see cref="Width"/> floats; any alignment.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Writes <see cref="Width"/> floats; any alignment.</summary>
    static abstract void Store(float* destination, TSelf value);

    /// <summary>
    /// <c>left · right + addend</c>: rounded once where the instruction set has it, twice where one rounding would have to be emulated.
    /// </summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The larger of each pair. Where the second operand is NaN the result is NaN; where only the first is, unspecified.</summary>
    static abstract TSelf Max(TSelf first, TSelf second);

    /// <summary>The smaller of each pair. Where the second operand is NaN the result is NaN; where only the first is, unspecified.</summary>
    static abstract TSelf Min(TSelf first, TSelf second);

    /// <summary>The absolute value of each lane.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>Each lane rounded to the nearest integer, ties to even.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary><c>value · 2^exponent</c> for whole exponents from −252 to 254, overflowing to ∞ and underflowing to 0.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf exponent);

    /// <summary><paramref name="negative"/> where <paramref name="selector"/> is below zero, else <paramref name="other"/>.</summary>
    static abstract TSelf WhereNegative(TSelf selector, TSelf negative, TSelf other);

    /// <summary>The largest lane; unspecified where a lane is NaN.</summary>
    static abstract float MaxLane(TSelf value);

    /// <summary>The sum of all lanes, added in double precision.</summary>
    static abstract double Sum(TSelf value);

    /// <summary>The sum of all lanes, added in single precision: neighbouring halves first, down to one lane.</summary>
    static abstract float SumSingle(TSelf value);

    /// <summary>The first <paramref name="count"/> lanes of <paramref name="value"/>, then <paramref name="fill"/>.</summary>
    static abstract TSelf KeepFirst(TSelf value, nint count, TSelf fill);

    /// <summary>One bit a lane, lowest lane first: set where the two are equal (never for NaN).</summary>
    static abstract uint EqualLanes(TSelf left, TSelf right);

    /// <summary>One bit a lane, lowest lane first: set where the left one is greater (never for NaN).</summary>
    static abstract uint GreaterLanes(TSelf left, TSelf right);

    /// <summary>Reads <see cref="Width"/> pairs of bfloat16: the lower halves to the left, the upper to the right.</summary>
    static abstract void LoadBFloat16Pairs(uint* source, out TSelf left, out TSelf right);

    /// <summary>Reads <see cref="Width"/> pairs of finite half-precision numbers: the lower halves to the left, the upper to the right.</summary>
    static abstract void LoadFloat16Pairs(uint* source, out TSelf left, out TSelf right);
}
