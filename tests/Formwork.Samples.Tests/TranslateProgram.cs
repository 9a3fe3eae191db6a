using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Formwork.Samples.Tests;

/// <summary>The built sample, run as a process.</summary>
internal static class TranslateProgram
{
    // Generous, because a busy build server is no failure: the tests say nothing about speed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static string Path { get; } = typeof(TranslateProgram).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == nameof(TranslateProgram))
        .Value!;

    /// <summary>The model folder that the build put beside the program.</summary>
    public static string ModelFolder => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "model");

    public static string WeightsFile => System.IO.Path.Combine(ModelFolder, "model.safetensors");

    public static string TokenizerFile => System.IO.Path.Combine(ModelFolder, "sentencepiece.model");

    /// <summary>Fails where the trained model, which belongs to the repository, is not there.</summary>
    public static void RequireModel() => Assert.True(
        File.Exists(WeightsFile) && File.Exists(TokenizerFile),
        $"The trained model is missing: {ModelFolder} must hold model.safetensors and sentencepiece.model.");

    /// <summary>Runs the program with arguments and an empty standard input.</summary>
    public static ProgramResult Run(params string[] arguments) => RunWithInput([], arguments);

    /// <summary>Runs the program with arguments and what standard input holds.</summary>
    public static ProgramResult RunWithInput(string input, params string[] arguments) => RunWithInput(Encoding.UTF8.GetBytes(input), arguments);

    /// <summary>Runs the program with arguments and the bytes of standard input.</summary>
    public static ProgramResult RunWithInput(byte[] input, params string[] arguments)
    {
        using Process process = Start(arguments);
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

    /// <summary>Starts the program and leaves its streams to the test.</summary>
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path, .. arguments])
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
