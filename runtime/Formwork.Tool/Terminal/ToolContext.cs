using System.Text;
using Spectre.Console;

namespace Formwork.Tool.Terminal;

/// <summary>What a command talks to: its two streams, and the wish to stop.</summary>
internal sealed class ToolContext(TextWriter output, TextWriter error, CancellationToken cancellation) : IDisposable
{
    private const int WidthOfPlainText = 4096;

    /// <summary>Results.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Messages and progress.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Whether a person watches the results.</summary>
    public bool OutputIsTerminal { get; private init; }

    /// <summary>Whether a person watches the messages.</summary>
    public bool ErrorIsTerminal { get; private init; }

    /// <summary>The process's own streams.</summary>
    public static ToolContext OfProcess(CancellationToken cancellation)
    {
        // Files and pipes get UTF-8 whatever the terminal's encoding is, and whole blocks.
        TextWriter output = Console.IsOutputRedirected ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) : Console.Out;
        return new(output, Console.Error, cancellation) { OutputIsTerminal = !Console.IsOutputRedirected, ErrorIsTerminal = !Console.IsErrorRedirected };
    }

    /// <summary>A console for texts among the results, which a terminal's width breaks into lines.</summary>
    public IAnsiConsole TextConsole() => Create(Output, OutputIsTerminal, OutputIsTerminal);

    /// <summary>A console for wide tables among the results: a terminal that breaks whole rows is easier to read than a table that breaks cells.</summary>
    public IAnsiConsole TableConsole() => Create(Output, OutputIsTerminal, hasWidth: false);

    /// <summary>A console for progress among the messages.</summary>
    public IAnsiConsole ErrorConsole() => Create(Error, ErrorIsTerminal, ErrorIsTerminal);

    public void Dispose()
    {
        try
        {
            Output.Flush();
        }
        catch (IOException)
        {
            // Whoever read the results has gone, or the disk is full, which has been said.
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool isTerminal, bool hasWidth)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!hasWidth)
        {
            console.Profile.Width = WidthOfPlainText;
        }

        return console;
    }
}
