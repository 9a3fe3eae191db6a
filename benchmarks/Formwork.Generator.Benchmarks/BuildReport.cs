namespace Formwork.Generator.Benchmarks;

/// <summary>Times of one kind, in milliseconds.</summary>
/// <param name="What">What was timed.</param>
/// <param name="Repetitions">How often.</param>
/// <param name="MinMs">The least.</param>
/// <param name="MedianMs">The middle one.</param>
internal sealed record BuildReport(string What, int Repetitions, double MinMs, double MedianMs)
{
    /// <summary>The report of some times.</summary>
    public static BuildReport Of(string what, IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return new(what, sorted.Length, Math.Round(sorted[0], 2), Math.Round(sorted[sorted.Length / 2], 2));
    }
}
