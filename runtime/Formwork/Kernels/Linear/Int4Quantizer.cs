namespace Formwork.Kernels;

/// <summary>Chooses 4-bit weights and their scale.</summary>
internal static class Int4Quantizer
{
    private const int Lowest = -8;
    private const int Highest = 7;

    /// <summary>
    /// The scales tried, as what the value of largest magnitude becomes: −8 uses the whole range, and a little less or more trades that value's
    /// error against all others'. Whichever leaves the smallest squared error over the group is taken; −8 alone leaves about a tenth more.
    /// </summary>
    private static ReadOnlySpan<float> Extremes => [-8f, -7.5f, -8.5f, -7f, -9f, 7f];

    /// <summary>Quantises a group and returns its scale as a bfloat16.</summary>
    public static ushort Quantize(ReadOnlySpan<float> values, Span<sbyte> weights)
    {
        float extreme = 0;
        foreach (float value in values)
        {
            extreme = MathF.Abs(value) > MathF.Abs(extreme) ? value : extreme;
        }

        ushort best = 0;
        float smallest = float.PositiveInfinity;
        foreach (float target in Extremes)
        {
            ushort scale = BFloat16.Narrow(extreme / target);
            float error = Error(values, BFloat16.Widen(scale));
            if (error < smallest)
            {
                smallest = error;
                best = scale;
            }
        }

        float inverse = Inverse(BFloat16.Widen(best));
        for (int i = 0; i < values.Length; i++)
        {
            weights[i] = (sbyte)Round(values[i], inverse);
        }

        return best;
    }

    private static float Error(ReadOnlySpan<float> values, float scale)
    {
        float inverse = Inverse(scale);
        float sum = 0;
        foreach (float value in values)
        {
            float error = value - (scale * Round(value, inverse));
            sum += error * error;
        }

        return sum;
    }

    private static float Inverse(float scale) => MathF.Abs(scale) > Quantizer.Smallest ? 1 / scale : 0;

    private static float Round(float value, float inverse) => Math.Clamp(MathF.Round(value * inverse), Lowest, Highest);
}
