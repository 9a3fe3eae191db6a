using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Formwork.Kernels;

/// <summary>Chooses 4-bit weights and their scale: the same ones on every machine.</summary>
internal static class Int4Quantizer
{
    private const float Lowest = -8;
    private const float Highest = 7;

    /// <summary>
    /// Where the search for the scale starts, as what the value of largest magnitude becomes: −8 uses the whole range, and a little less or
    /// more trades that value's error against all others'. From each, one step of least squares finds the scale that suits the weights
    /// chosen. Three times as many starts change what models put out by nothing that can be measured.
    /// </summary>
    private static ReadOnlySpan<float> Starts => [-8f, -7.5f, -8.5f, -7f, -9f, 7f];

    /// <summary>Quantises a group and returns its scale as a bfloat16: whichever leaves the smallest squared error over the group.</summary>
    /// <param name="values">As many values as a whole number of vectors holds; finite.</param>
    /// <param name="weights">Receives as many weights.</param>
    // A program loads once: the search runs before tiered compilation would have optimised it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ushort Quantize(ReadOnlySpan<float> values, Span<sbyte> weights)
    {
        float extreme = 0;
        foreach (float value in values)
        {
            extreme = MathF.Abs(value) > MathF.Abs(extreme) ? value : extreme;
        }

        ushort best = 0;
        float smallest = float.PositiveInfinity;
        foreach (float start in Starts)
        {
            ushort scale = BFloat16.Narrow(extreme / start);
            float error = Error(values, BFloat16.Widen(scale), out float better);
            ushort refined = BFloat16.Narrow(better);
            float refinedError = Error(values, BFloat16.Widen(refined), out _);
            if (error < smallest)
            {
                smallest = error;
                best = scale;
            }

            if (refinedError < smallest)
            {
                smallest = refinedError;
                best = refined;
            }
        }

        float inverse = Inverse(BFloat16.Widen(best));
        for (int i = 0; i < values.Length; i++)
        {
            weights[i] = (sbyte)Math.Clamp(MathF.Round(values[i] * inverse), Lowest, Highest);
        }

        return best;
    }

    /// <summary>The squared error that a scale leaves.</summary>
    /// <param name="values">The values.</param>
    /// <param name="scale">The scale.</param>
    /// <param name="better">The scale that leaves the smallest error with the weights that this one leads to.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Error(ReadOnlySpan<float> values, float scale, out float better)
    {
        // Vectors of one width everywhere, and no fused multiply-add: the sums, and with them the choice, must not depend on the machine.
        Vector128<float> factor = Vector128.Create(Inverse(scale));
        Vector128<float> squares = Vector128<float>.Zero;
        Vector128<float> products = Vector128<float>.Zero;
        Vector128<float> lengths = Vector128<float>.Zero;
        for (int i = 0; i < values.Length; i += Vector128<float>.Count)
        {
            Vector128<float> value = Vector128.Create(values.Slice(i, Vector128<float>.Count));
            Vector128<float> weight = Vector128.Min(Vector128.Max(Vector128.Round(value * factor), Vector128.Create(Lowest)), Vector128.Create(Highest));
            Vector128<float> error = value - (weight * scale);
            squares += error * error;
            products += value * weight;
            lengths += weight * weight;
        }

        float length = Sum(lengths);
        better = length > 0 ? Sum(products) / length : scale;
        return Sum(squares);
    }

    private static float Sum(Vector128<float> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);

    private static float Inverse(float scale) => MathF.Abs(scale) > Quantizer.Smallest ? 1 / scale : 0;
}
