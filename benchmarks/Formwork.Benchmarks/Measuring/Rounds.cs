using System.Diagnostics;

namespace Formwork.Benchmarks.Measuring;

/// <summary>
/// Lets contenders work in turns, A B A B: on a machine that others use too, or whose clock changes, times that were not taken in the
/// same minute say nothing about each other.
/// </summary>
internal static class Rounds
{
    private const int Count = 8;
    private const int FewestRounds = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Warms everybody up, then measures until each has used its seconds, in about eight rounds.</summary>
    /// <param name="contenders">Who is measured.</param>
    /// <param name="seconds">Seconds for each.</param>
    public static void Run(IReadOnlyCollection<IContender> contenders, double seconds)
    {
        foreach (IContender contender in contenders)
        {
            contender.Run(WarmUp);
            contender.Passes.Clear();
        }

        TimeSpan slice = TimeSpan.FromSeconds(seconds / Count);
        TimeSpan budget = TimeSpan.FromSeconds(seconds * contenders.Count);
        long started = Stopwatch.GetTimestamp();
        for (int round = 0; round < FewestRounds || Stopwatch.GetElapsedTime(started) < budget; round++)
        {
            foreach (IContender contender in contenders)
            {
                contender.Run(slice);
            }
        }
    }
}
