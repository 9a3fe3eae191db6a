using System.CommandLine;

namespace Formwork.Benchmarks.Commands;

/// <summary>The program's command line.</summary>
internal static class BenchmarkCommand
{
    /// <summary>Parses the arguments and runs what they ask for.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UserErrorException">The arguments make no sense, or something that the command needs is not there.</exception>
    public static int Invoke(string[] arguments)
    {
        RootCommand root = new("Measures Formwork, the engines it is compared with, and the machine. Results are JSON, one line each, on standard output.")
        {
            ShapesCommand.Create(),
            CheckpointCommand.Create(),
            PeersCommand.Create(),
            CorpusCommand.Create(),
            AccuracyCommand.Create(),
            KernelsCommand.Create(),
            LimitsCommand.Create(),
        };
        ParseResult result = root.Parse(arguments);
        if (result.Errors.Count > 0 && result.Action is not System.CommandLine.Help.HelpAction)
        {
            throw new UserErrorException($"{result.Errors[0].Message.TrimEnd('.')}; --help lists the commands and options");
        }

        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Says in one line what went wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Fail(string message)
    {
        Console.Error.WriteLine($"benchmarks: {string.Concat(message.Select(static character => char.IsControl(character) ? ' ' : character))}");
        return 1;
    }
}
