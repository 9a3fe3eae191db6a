using System.Text;

namespace Formwork.Samples.Tests;

/// <summary>The sample Summarize, run as a process: as it is, or compiled for models so small that a test can make their weights.</summary>
internal static class SummarizeProgram
{
    private static readonly string Path = SampleProcess.PathOf(nameof(SummarizeProgram));
    private static readonly string SmallPath = SampleProcess.PathOf("SmallSummarizeProgram");

    /// <summary>Runs the sample as it is.</summary>
    public static ProgramResult Run(string input, params string[] arguments) => Run(Path, input, arguments);

    /// <summary>Runs the sample for small models.</summary>
    public static ProgramResult RunSmall(string input, params string[] arguments) => Run(SmallPath, input, arguments);

    private static ProgramResult Run(string path, string input, string[] arguments) =>
        SampleProcess.Run(path, Encoding.UTF8.GetBytes(input), arguments) with { Program = "summarize" };
}
