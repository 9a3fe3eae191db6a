using System.Diagnostics;
using System.Text;

namespace Formwork.Samples.Tests;

/// <summary>The sample Translate, run as a process.</summary>
internal static class TranslateProgram
{
    public static string Path { get; } = SampleProcess.PathOf(nameof(TranslateProgram));

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
    public static ProgramResult RunWithInput(byte[] input, params string[] arguments) => SampleProcess.Run(Path, input, arguments);

    /// <summary>Starts the program and leaves its streams to the test.</summary>
    public static Process Start(params string[] arguments) => SampleProcess.Start(Path, arguments);

    public static void WaitForExit(Process process) => SampleProcess.WaitForExit(process);
}
