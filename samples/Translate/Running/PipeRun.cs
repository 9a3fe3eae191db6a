using System.Diagnostics;
using Spectre.Console;
using Translate.Streams;
using Translate.Timing;

namespace Translate.Running;

/// <summary>Translates standard input, one line out for each line in, as it comes.</summary>
internal static class PipeRun
{
    public static void Run(Session session)
    {
        LineReader lines = StandardInput.OpenLines();

        // Where the translations run down the same terminal they are the progress, and a bar would be torn by them.
        bool showsProgress = !Console.IsErrorRedirected && Console.IsOutputRedirected;
        if (showsProgress)
        {
            session.Notes.Hold();
            RunWithProgress(session, lines);
            session.Notes.Release();
        }
        else
        {
            TranslateAll(session, lines, static _ => { });
        }

        if (session.Stopwatches is { } stopwatches)
        {
            TimingReport.Write(stopwatches, Console.Error);
        }
    }

    private static void RunWithProgress(Session session, LineReader lines)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            // Standard input being a pipe does not keep a bar from moving.
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(Console.Error),
        });
        long? length = StandardInput.Length();
        long started = Stopwatch.GetTimestamp();
        long count = 0;
        using (Interruption.HidesCursor())
        {
            console.Progress()
                .AutoClear(true)
                .Columns(Columns(length is not null))
                .Start(progress =>
                {
                    ProgressTask task = progress.AddTask("starting", maxValue: length is > 0 ? length.Value : 1);
                    task.IsIndeterminate = length is null;
                    TranslateAll(session, lines, done =>
                    {
                        count = done;
                        task.Description = Lines(done);
                        if (length is not null)
                        {
                            task.Value = lines.BytesRead;
                        }
                    });
                });
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        console.MarkupLine($"[grey]{Lines(count)} in {elapsed.TotalSeconds:N1} s[/]");
    }

    private static ProgressColumn[] Columns(bool totalIsKnown)
    {
        ProgressColumn[] always = [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn()];
        return totalIsKnown ? [.. always, new PercentageColumn(), new RemainingTimeColumn()] : [.. always, new ElapsedTimeColumn()];
    }

    private static void TranslateAll(Session session, LineReader lines, Action<long> report)
    {
        long count = 0;
        while (lines.Read() is { } line)
        {
            count++;
            session.Translate(line, $"line {count:N0}");
            report(count);
        }
    }

    private static string Lines(long count) => count == 1 ? "1 line" : $"{count:N0} lines";
}
