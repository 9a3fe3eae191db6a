using System.CommandLine;
using System.CommandLine.Help;
using Formwork.Tool.Commands;
using Formwork.Tool.Terminal;
using Formwork.Weights;

namespace Formwork.Tool;

/// <summary>The whole program but for the process around it, so that tests can run it in theirs.</summary>
internal static class ToolProgram
{
    private const string Name = "formwork";

    private const string Description =
        """
        Looks into weight files, writes their manifests, packs and quantises them for
        a declared model, and prints a model's plan.

        Exit codes: 0 all went well; 1 a file or a declaration has problems; 2 the
        arguments make no sense or name a file that is not there; 3 the result could
        not be written; 70 an unexpected failure; 130 interrupted.
        """;

    /// <summary>Parses the arguments and does what they ask for.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, ToolContext context)
    {
        try
        {
            return Invoke(arguments, context);
        }
        catch (ToolException problem)
        {
            return Fail(context, problem.Message, problem.ExitCode);
        }
        catch (WeightLoadException problem)
        {
            bool isUsage = problem.Code is WeightLoadError.FileNotFound or WeightLoadError.IsDirectory;
            return Fail(context, problem.Message, isUsage ? ExitCode.Usage : ExitCode.Problems);
        }
        catch (WeightSaveException problem)
        {
            return Fail(context, problem.Message, ExitCode.NotWritten);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            return Fail(context, "interrupted; nothing was written", ExitCode.Interrupted);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What is read and what is saved have messages of their own.
            return Fail(context, $"the output cannot be written: {problem.GetBaseException().Message}", ExitCode.NotWritten);
        }
#pragma warning disable CA1031 // a stack trace helps nobody who runs a command
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return Fail(context, $"unexpected failure, please report it: {problem.GetType().Name}: {problem.Message}", ExitCode.Unexpected);
        }
    }

    private static int Invoke(string[] arguments, ToolContext context)
    {
        var root = new Command(Name, Description)
        {
            new InspectCommand(context).Create(),
            new ManifestCommand(context).Create(),
            new PackCommand(context).Create(),
            new QuantizeCommand(context).Create(),
            new PlanCommand(context).Create(),
            new HelpOption(),
            new VersionOption(),
        };
        // A file's name may begin with @, which would otherwise name a file of arguments.
        ParseResult result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result is { UnmatchedTokens: [string unknown, ..], Action: not HelpAction })
        {
            throw ToolException.Usage($"there is no command or option {WeightProblem.Quote(unknown)} here; --help lists the commands and options");
        }

        if (result.Errors.Count > 0 && result.Action is not HelpAction)
        {
            throw ToolException.Usage($"{result.Errors[0].Message.TrimEnd('.')}; --help lists the commands and options");
        }

        int exitCode = result.Invoke(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = context.Output,
            Error = context.Error,
        });
        context.Output.Flush();
        return exitCode;
    }

    private static int Fail(ToolContext context, string message, int exitCode)
    {
        // Names in files and paths may hold anything; line feeds separate the lines of a list of diagnostics.
        context.Error.WriteLine($"{Name}: {string.Concat(message.Select(static c => char.IsControl(c) && c != '\n' ? ' ' : c))}");
        return exitCode;
    }
}
