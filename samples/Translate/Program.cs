using Formwork.Generation;
using Translate;
using Translate.Running;
using Translate.Streams;

using IDisposable interruption = Interruption.Handle();
try
{
    return new CommandLine(Run).Invoke(args);
}
catch (UserErrorException problem)
{
    return Fail(problem.Message);
}
catch (GenerationException problem)
{
    return Fail(problem.Message);
}
catch (IOException problem) when (StandardOutput.IsClosedByReader(problem))
{
    return ExitCode.Success;
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
{
    // What is read, and the picture, have handlers of their own.
    return Fail($"standard output cannot be written: {problem.GetBaseException().Message}");
}

static int Run(Settings settings)
{
    TextWriter output = StandardOutput.Open();
    using var session = new Session(settings, output, new Notes(Console.Error));
    if (settings.Sentences.Count > 0)
    {
        ArgumentRun.Run(session, settings);
    }
    else if (Console.IsInputRedirected)
    {
        PipeRun.Run(session);
    }
    else
    {
        PromptRun.Run(session);
    }

    return ExitCode.Success;
}

static int Fail(string message)
{
    Console.Error.WriteLine($"translate: {OneLine.Of(message)}");
    return ExitCode.UserError;
}
