using System.Diagnostics;
using System.Reflection;
using Formwork.Tool.Terminal;

namespace Formwork.Tool.Tests.Harness;

/// <summary>Runs the tool, in this process or in one of its own.</summary>
internal static class ToolRun
{
    // Generous, because a busy build server is no failure: the tests say nothing about speed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string Program => typeof(ToolRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "ToolProgram").Value!;

    /// <summary>Runs it in this process.</summary>
    public static ToolResult Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    /// <summary>Runs it in this process, where a token stands for Ctrl-C.</summary>
    public static ToolResult Run(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var context = new ToolContext(output, error, cancellation);
        int exitCode = ToolProgram.Run(arguments, context);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs it as a process.</summary>
    public static ToolResult RunProcess(params string[] arguments)
    {
        using Process process = Start(arguments);
        return Finish(process);
    }

    /// <summary>Starts it as a process.</summary>
    public static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Waits for a process and says how it ended.</summary>
    public static ToolResult Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The tool ran for longer than {Patience}.");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }
}
