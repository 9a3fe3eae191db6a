using System.Text;
using Spectre.Console;

namespace Translate.Streams;

/// <summary>Tells Spectre about a writer that is ours: whether a terminal is behind it, and how wide.</summary>
internal sealed class TerminalOutput(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => isTerminal ? OrElse(() => Console.WindowWidth, UsualWidth) : UsualWidth;

    public int Height => isTerminal ? OrElse(() => Console.WindowHeight, UsualHeight) : UsualHeight;

    public void SetEncoding(Encoding encoding)
    {
        // The writer has its encoding.
    }

    private static int OrElse(Func<int> size, int usual)
    {
        try
        {
            return size() is > 0 and var known ? known : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }
}
