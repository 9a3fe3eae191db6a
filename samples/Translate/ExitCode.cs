namespace Translate;

/// <summary>What the program answers its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>Bad usage, or a file that is missing, damaged or not writable.</summary>
    public const int UserError = 2;

    /// <summary>Ended by Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
