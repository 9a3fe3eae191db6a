using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>kernels</c>: BenchmarkDotNet's own program, which takes the rest of the command line.</summary>
internal static class KernelsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("kernels", "Runs the BenchmarkDotNet classes; further arguments are BenchmarkDotNet's, such as --filter '*Linear*'.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(static result =>
        {
            BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly).Run([.. result.UnmatchedTokens]);
        });
        return command;
    }
}
