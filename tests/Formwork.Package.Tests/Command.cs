using System.Diagnostics;
using System.Text;

namespace Formwork.Package.Tests;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the dotnet command and fails with what it printed where it fails.</summary>
    public static string Dotnet(string folder, params string[] arguments) => Succeed(TryDotnet(folder, arguments));

    /// <summary>Runs the dotnet command, however it ends.</summary>
    public static CommandResult TryDotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { WorkingDirectory = folder };

        // What the test runner's MSBuild left in the environment is not in a user's.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return Finish(start);
    }

    /// <summary>Runs a program and fails with what it printed where it fails.</summary>
    public static string Run(string path, params string[] arguments) => Succeed(Finish(new(path, arguments)));

    /// <summary>Runs a program on lines of input, however it ends.</summary>
    public static CommandResult TryRun(ProcessStartInfo start, string input) => Finish(start, input);

    private static string Succeed(CommandResult result)
    {
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Output;
    }

    private static CommandResult Finish(ProcessStartInfo start, string? input = null)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, input is not null);
        (start.StandardOutputEncoding, start.StandardInputEncoding) = (Encoding.UTF8, input is null ? null : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{start.FileName} ran for longer than {Patience}.");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }
}
