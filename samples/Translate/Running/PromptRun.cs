using Spectre.Console;
using Translate.Timing;

namespace Translate.Running;

/// <summary>Asks for sentences in a terminal. The asking goes to standard error, so that standard output holds translations alone.</summary>
internal static class PromptRun
{
    private const string Quit = ":q";

    public static void Run(Session session)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.MarkupLine("[bold]English to French[/]  [grey]Type a sentence and press Enter. :q or Ctrl-D ends.[/]");
        using (Interruption.EndsLine())
        {
            while (Ask(console) is { } line && line.Trim() != Quit)
            {
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                session.Translate(line, "the text");
                ReportTime(session);
            }
        }
    }

    private static string? Ask(IAnsiConsole console)
    {
        console.Markup("[blue]en>[/] ");
        string? line = Console.ReadLine();
        if (line is null)
        {
            // Ctrl-D leaves the cursor behind the prompt.
            console.WriteLine();
        }

        return line;
    }

    private static void ReportTime(Session session)
    {
        if (session.Stopwatches is { } stopwatches)
        {
            TimingReport.Write(stopwatches, Console.Error);
            stopwatches.Reset();
        }
    }
}
