using System.Diagnostics;
using Spectre.Console;

namespace Formwork.Benchmarks.Corpus;

/// <summary>A loop that shows a progress bar on standard error where it takes long enough to ask for one.</summary>
internal static class SlowLoop
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs a step for every index.</summary>
    public static void Run(int count, string what, Action<int> step)
    {
        long started = Stopwatch.GetTimestamp();
        int index = 0;
        while (index < count && (Console.IsErrorRedirected || Stopwatch.GetElapsedTime(started) < Patience))
        {
            step(index++);
        }

        if (index == count)
        {
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(true).Start(progress =>
        {
            ProgressTask task = progress.AddTask(what, maxValue: count);
            while (index < count)
            {
                step(index++);
                task.Value = index;
            }
        });
    }
}
