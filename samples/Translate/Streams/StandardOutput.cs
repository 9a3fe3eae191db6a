using System.Text;
using Microsoft.Win32.SafeHandles;
using Spectre.Console;

namespace Translate.Streams;

/// <summary>Standard output as UTF-8 without a byte-order mark, in a terminal as elsewhere.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;

    public static TextWriter Open() => new StreamWriter(OpenStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>A console on the writer that knows colours in a terminal, and uses none anywhere else.</summary>
    public static IAnsiConsole OpenConsole(TextWriter writer)
    {
        bool terminal = !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new TerminalOutput(writer, terminal),
            // They turn colours on inside build servers, redirected or not.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        return console;
    }

    /// <summary>Whether writing failed because the reader has gone, as <c>head</c> does when it has seen enough.</summary>
    public static bool IsClosedByReader(IOException problem)
    {
        const int WindowsBrokenPipe = unchecked((int)0x8007006D);
        const int WindowsNoData = unchecked((int)0x800700E8);
        return OperatingSystem.IsWindows()
            ? problem.HResult is WindowsBrokenPipe or WindowsNoData
            : problem.HResult == BrokenPipe;
    }

    private static Stream OpenStream()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
            return Console.OpenStandardOutput();
        }

        if (!Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        // .NET's own stream keeps quiet when the reader of a pipe has gone, and a long run would go on for nobody. A plain file stream
        // tells; but on a file it would write from where it started, over what another program appended since.
        const int Descriptor = 1;
        try
        {
            var stream = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Console.OpenStandardOutput();
        }
    }
}
