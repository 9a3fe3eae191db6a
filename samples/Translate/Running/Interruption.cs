using System.Runtime.InteropServices;

namespace Translate.Running;

/// <summary>Ends the program quietly on Ctrl-C, and leaves the terminal as it should be.</summary>
internal static class Interruption
{
    private const string ShowCursor = "\e[?25h";
    private static volatile string? _lastWords;

    /// <summary>Takes over Ctrl-C until disposed.</summary>
    public static IDisposable Handle() => PosixSignalRegistration.Create(PosixSignal.SIGINT, static context =>
    {
        context.Cancel = true;
        if (_lastWords is { } words)
        {
            Console.Error.Write(words);
        }

        // The main thread may be waiting for input, where no token would reach it.
        Environment.Exit(ExitCode.Interrupted);
    });

    /// <summary>Until disposed, the cursor is hidden and has to be shown again.</summary>
    public static IDisposable HidesCursor() => new LastWords(ShowCursor + Environment.NewLine);

    /// <summary>Until disposed, a prompt stands in the line, which has to be ended.</summary>
    public static IDisposable EndsLine() => new LastWords(Environment.NewLine);

    private sealed class LastWords : IDisposable
    {
        private readonly string? _before = _lastWords;

        public LastWords(string words) => _lastWords = words;

        public void Dispose() => _lastWords = _before;
    }
}
