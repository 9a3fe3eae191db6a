using System.CommandLine;
using Formwork.Benchmarks.Limits;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>limits</c>: what the machine itself can do, to hold other figures against.</summary>
internal static class LimitsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("limits", "Measures the machine: multiply-adds a second in registers alone, and how fast memory of several sizes is read.");
        ThreadsOption threads = new("Threads that work at the same time.");
        threads.AddTo(command);
        command.SetAction(result => JsonOutput.Write(LimitsReport.Measure(threads.Read(result))));
        return command;
    }
}
