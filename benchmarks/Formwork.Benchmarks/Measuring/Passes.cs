using System.Diagnostics;

namespace Formwork.Benchmarks.Measuring;

/// <summary>The times of single passes, in milliseconds.</summary>
internal sealed class Passes
{
    /// <summary>The share of a slice that goes to the encoder alone: sentences hold most of what is of interest.</summary>
    public const double EncoderShare = 0.25;

    /// <summary>Times of the encoder alone.</summary>
    public List<double> Encoders { get; } = [];

    /// <summary>Times of whole sentences, encoder included.</summary>
    public List<double> Sentences { get; } = [];

    /// <summary>Times the two kinds of pass for about this long, at least once each.</summary>
    public void Run(TimeSpan slice, Action encode, Action generate)
    {
        Run(slice * EncoderShare, encode, Encoders);
        Run(slice * (1 - EncoderShare), generate, Sentences);
    }

    /// <summary>Forgets what was timed: a warm-up.</summary>
    public void Clear()
    {
        Encoders.Clear();
        Sentences.Clear();
    }

    private static void Run(TimeSpan slice, Action pass, List<double> times)
    {
        long started = Stopwatch.GetTimestamp();
        do
        {
            long before = Stopwatch.GetTimestamp();
            pass();
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }
        while (Stopwatch.GetElapsedTime(started) < slice);
    }
}
