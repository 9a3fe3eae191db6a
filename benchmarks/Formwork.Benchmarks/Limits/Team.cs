using System.Diagnostics;

namespace Formwork.Benchmarks.Limits;

/// <summary>Threads that do the same work at the same time, again and again; what counts is their best common rate.</summary>
internal static class Team
{
    private const int Repetitions = 40;

    /// <summary>The most work a second that all threads together got done.</summary>
    /// <param name="work">Work of each thread: returns how much it was.</param>
    public static double BestRate(IReadOnlyList<Func<long>> work)
    {
        double best = 0;
        long done = 0;
        long started = 0;
        using Barrier barrier = new(work.Count, phase =>
        {
            // Phases with even numbers begin a repetition, those with odd numbers end it.
            if (phase.CurrentPhaseNumber % 2 == 0)
            {
                done = 0;
                started = Stopwatch.GetTimestamp();
            }
            else
            {
                best = Math.Max(best, done / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
        });
        Thread[] threads = [.. work.Select(one => new Thread(() => Repeat(one, barrier, amount => Interlocked.Add(ref done, amount))))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return best;
    }

    private static void Repeat(Func<long> work, Barrier barrier, Action<long> report)
    {
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            barrier.SignalAndWait();
            report(work());
            barrier.SignalAndWait();
        }
    }
}
