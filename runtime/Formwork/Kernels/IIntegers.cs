namespace Formwork.Kernels;

/// <summary>
/// One register of integers on one instruction set: 32-bit sums, or the bytes and 16-bit numbers that go into them. The kernels for quantised
/// weights are written once over it.
/// </summary>
/// <typeparam name="TSelf">The implementing register type.</typeparam>
/// <typeparam name="TFloats">The register of as many floats as this holds 32-bit integers.</typeparam>
internal unsafe interface IIntegers<TSelf, TFloats>
    where TSelf : unmanaged, IIntegers<TSelf, TFloats>
    where TFloats : unmanaged, ISimd<TFloats>
{
    /// <summary>A register of zeros.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>A 32-bit integer, or four bytes, in every lane.</summary>
    static abstract TSelf Broadcast(int value);

    /// <summary>Reads a register of bytes; any alignment.</summary>
    static abstract TSelf Load(byte* source);

    /// <summary>The sum of each pair of 32-bit lanes.</summary>
    static abstract TSelf Add(TSelf left, TSelf right);

    /// <summary>The sum of each pair of 16-bit lanes.</summary>
    static abstract TSelf AddShorts(TSelf left, TSelf right);

    /// <summary>
    /// Adds to each 32-bit lane four products of bytes: of a magnitude (0 .. 127) and a weight (−127 .. 127), inverted bit by bit where the
    /// sign byte is −1. Nothing saturates: a pair of products is at most 2 · 127 · 128.
    /// </summary>
    static abstract TSelf AddProducts(TSelf sums, TSelf weights, TSelf magnitudes, TSelf signs, TSelf ones);

    /// <summary>The lower half of each byte, 0 .. 15.</summary>
    static abstract TSelf LowNibbles(TSelf bytes);

    /// <summary>The upper half of each byte, 0 .. 15.</summary>
    static abstract TSelf HighNibbles(TSelf bytes);

    /// <summary>Products of unsigned and signed bytes, added in pairs to 16-bit lanes. The caller keeps them small enough not to saturate.</summary>
    static abstract TSelf PairProducts(TSelf unsignedBytes, TSelf signedBytes);

    /// <summary>
    /// Adds neighbouring 16-bit lanes into 32-bit lanes, by multiplying them with <paramref name="ones"/>: one in every 16-bit lane. A constant
    /// here would be read from memory at every use, and loads are what the kernels are short of.
    /// </summary>
    static abstract TSelf SumPairs(TSelf shorts, TSelf ones);

    /// <summary>Each 32-bit lane as a float.</summary>
    static abstract TFloats ToFloats(TSelf value);

    /// <summary>Each lane, a whole number already, as a 32-bit integer.</summary>
    static abstract TSelf FromWholeFloats(TFloats value);

    /// <summary>The absolute value of each 32-bit lane.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>−1 in each 32-bit lane that is negative, 0 in the others.</summary>
    static abstract TSelf Signs(TSelf value);

    /// <summary>The bits that both have.</summary>
    static abstract TSelf And(TSelf left, TSelf right);

    /// <summary>Writes the lowest byte of each 32-bit lane, side by side.</summary>
    static abstract void StoreLowBytes(byte* destination, TSelf value);

    /// <summary>
    /// Writes the lowest bytes of two registers in turns: four of the first, four of the second, and so on.
    /// </summary>
    static abstract void StoreLowBytesInTurns(byte* destination, TSelf first, TSelf second);

    /// <summary>The sum of all 32-bit lanes.</summary>
    static abstract int Sum(TSelf value);
}
