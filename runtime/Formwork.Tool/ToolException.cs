namespace Formwork.Tool;

/// <summary>Something that the user can put right. Its message is shown without a stack trace.</summary>
internal sealed class ToolException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the program answers.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Arguments that make no sense.</summary>
    public static ToolException Usage(string message) => new(message, Tool.ExitCode.Usage);

    /// <summary>A file or a declaration that has problems.</summary>
    public static ToolException Problem(string message, Exception? inner = null) => new(message, Tool.ExitCode.Problems, inner);
}
