namespace Formwork.Kernels;

/// <summary>What packing quantised weights has in common.</summary>
internal static class Quantizer
{
    /// <summary>A scale below this counts as zero: its inverse would overflow.</summary>
    public const float Smallest = 1e-37f;

    /// <summary>The largest magnitude of a row.</summary>
    public static float Magnitude(ReadOnlySpan<float> row)
    {
        float largest = 0;
        foreach (float value in row)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        return largest;
    }
}
