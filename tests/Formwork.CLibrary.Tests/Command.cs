using System.Diagnostics;
using System.Text;

namespace Formwork.CLibrary.Tests;

/// <summary>A program that ran: how it ended, and what it printed.</summary>
internal sealed record Command(string Line, int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs a program.</summary>
    public static Command Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // What the test runner's MSBuild left in the environment is not in a user's.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        string line = $"{program} {string.Join(' ', arguments)}";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{line} ran for longer than {Patience}.");
        }

        return new(line, process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Runs the dotnet command, which must succeed.</summary>
    public static Command Dotnet(params string[] arguments) =>
        Run(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments).Succeeded();

    /// <summary>Whether there is such a program.</summary>
    public static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Asserts that the program did its work, and shows what it printed where it did not.</summary>
    public Command Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Line}\nended with {ExitCode}\n{Output}{Error}");
        return this;
    }
}
