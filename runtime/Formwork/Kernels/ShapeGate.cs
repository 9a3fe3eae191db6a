using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The checks that stand between a kernel's spans and its pointers: each names the argument, what was expected and what was found.</summary>
internal static class ShapeGate
{
    /// <summary>Requires a length that the other arguments fix exactly.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exactly(long expected, int found, string argument, string shape)
    {
        if (found != expected)
        {
            ThrowLength($"exactly {expected}", found, argument, shape);
        }
    }

    /// <summary>Requires a length of at least what the other arguments need.</summary>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(long expected, int found, string argument, string shape)
    {
        if (found < expected)
        {
            ThrowLength($"at least {expected}", found, argument, shape);
        }
    }

    /// <summary>Requires <paramref name="value"/> in <paramref name="lowest"/> .. <paramref name="highest"/>, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Within(int lowest, int highest, int value, string argument)
    {
        if (value < lowest || value > highest)
        {
            ThrowRange(lowest, highest, value, argument);
        }
    }

    /// <summary>Requires a number above zero; NaN is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or NaN.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Positive(float value, string argument)
    {
        if (!(value > 0))
        {
            ThrowNotPositive(value, argument);
        }
    }

    private static void ThrowNotPositive(float value, string argument) =>
        throw new ArgumentOutOfRangeException(argument, value, $"{argument} must be positive; it is {value}.");

    private static void ThrowLength(string expected, int found, string argument, string shape) =>
        throw new ArgumentException($"{argument} must hold {expected} values, {shape}; it holds {found}.", argument);

    private static void ThrowRange(int lowest, int highest, int value, string argument) =>
        throw new ArgumentOutOfRangeException(
            argument,
            value,
            highest == int.MaxValue
                ? $"{argument} must be at least {lowest}; it is {value}."
                : $"{argument} must lie in {lowest} .. {highest}; it is {value}.");
}
