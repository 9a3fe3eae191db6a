using Spectre.Console;

namespace Formwork.Benchmarks.Measuring;

/// <summary>Standard error for tables: plain text of a fixed width where it is no terminal.</summary>
internal static class ErrorConsole
{
    private const int WidthOfPlainText = 140;

    /// <summary>Makes the console.</summary>
    public static IAnsiConsole Create()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        });
        if (Console.IsErrorRedirected)
        {
            console.Profile.Width = WidthOfPlainText;
        }

        return console;
    }
}
