namespace Formwork.Generator.Tests.Families;

/// <summary>How far numbers are from what was recorded.</summary>
internal static class Distance
{
    /// <summary>The largest difference, relative to the largest expected magnitude of the row; −∞ must be met by what is never chosen, whatever its logit.</summary>
    public static double Of(double[] expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        double size = expected.Where(double.IsFinite).Max(Math.Abs);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            // A NaN must not count as near.
            double difference = double.IsFinite(expected[i]) ? Math.Abs(expected[i] - found[i]) : 0;
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest / size;
    }
}
