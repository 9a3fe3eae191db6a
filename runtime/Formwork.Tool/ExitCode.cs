namespace Formwork.Tool;

/// <summary>What the program answers its caller; documented in docs/tool.md.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>A file, or a declaration, was read and has problems.</summary>
    public const int Problems = 1;

    /// <summary>The arguments make no sense, or name a file that is not there.</summary>
    public const int Usage = 2;

    /// <summary>The result could not be written.</summary>
    public const int NotWritten = 3;

    /// <summary>A failure that nobody thought of: EX_SOFTWARE of sysexits.h.</summary>
    public const int Unexpected = 70;

    /// <summary>Ended by Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
