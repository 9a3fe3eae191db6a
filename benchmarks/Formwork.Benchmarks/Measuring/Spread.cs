namespace Formwork.Benchmarks.Measuring;

/// <summary>The least and the middle one of many times in milliseconds, or of their ratios.</summary>
/// <param name="Min">The least: what the machine does when nobody disturbs it.</param>
/// <param name="Median">The middle one: what it does usually.</param>
internal readonly record struct Spread(double Min, double Median)
{
    private const int Digits = 5;

    /// <summary>The spread of some times.</summary>
    public static Spread Of(IReadOnlyCollection<double> times)
    {
        double[] sorted = [.. times];
        Array.Sort(sorted);
        return new(Round(sorted[0]), Round(sorted[sorted.Length / 2]));
    }

    /// <summary>What is left of a sentence beside its encoder, for each of its tokens: decoder steps, and their share of the cross cache.</summary>
    public static Spread OfTokens(Spread sentence, Spread encoder, int tokens) =>
        new(Round((sentence.Min - encoder.Min) / tokens), Round((sentence.Median - encoder.Median) / tokens));

    /// <summary>How many times longer <paramref name="other"/> takes than <paramref name="own"/>: of the least times, and of the medians.</summary>
    public static Spread Ratio(Spread other, Spread own) => new(Round(other.Min / own.Min), Round(other.Median / own.Median));

    private static double Round(double value) => Math.Round(value, Digits);
}
