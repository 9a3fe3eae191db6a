using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Formwork.Samples.Tests;

/// <summary>A built sample, run as a process.</summary>
internal static class SampleProcess
{
    // Generous, because a busy build server is no failure: the tests say nothing about speed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The path of a built program, by the name that the project file gives it.</summary>
    public static string PathOf(string name) => typeof(SampleProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == name)
        .Value!;

    /// <summary>Runs a program with arguments and the bytes of standard input.</summary>
    public static ProgramResult Run(string path, byte[] input, params string[] arguments)
    {
        using Process process = Start(path, arguments);
        Task<byte[]> output = ReadAll(process.StandardOutput.BaseStream);
        Task<byte[]> error = ReadAll(process.StandardError.BaseStream);
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program that refuses its arguments does not read its input.
        }

        WaitForExit(process);
        return new ProgramResult(process.ExitCode, output.Result, Encoding.UTF8.GetString(error.Result));
    }

    /// <summary>Starts a program and leaves its streams to the test.</summary>
    public static Process Start(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    public static void WaitForExit(Process process)
    {
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"The program did not end within {Patience}.");
        }
    }

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).ConfigureAwait(false);
        return all.ToArray();
    }
}
