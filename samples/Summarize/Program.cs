using Formwork.Generation;
using Formwork.Pipeline;
using Summarize;
using Summarize.Models;
using Summarize.Running;
using Translate;
using Translate.Running;
using Translate.Streams;

using IDisposable interruption = Interruption.Handle();
try
{
    return new CommandLine(Run).Invoke(args);
}
catch (Exception problem) when (problem is UserErrorException or GenerationException or PipelineException)
{
    return Fail(problem.Message);
}
catch (IOException problem) when (StandardOutput.IsClosedByReader(problem))
{
    return ExitCode.Success;
}
catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
{
    // What is read has handlers of its own.
    return Fail($"standard output cannot be written: {problem.GetBaseException().Message}");
}

static int Run(Settings settings)
{
    string article = Article.Read(settings.File).Trim();
    using Translator summarizer = Loading.Show(settings.Model, () => Summarizer.Load(settings, static note => Console.Error.WriteLine($"note: {OneLine.Of(note)}")));
    TextWriter output = StandardOutput.Open();
    using (settings.Stream && !Console.IsOutputRedirected ? Interruption.EndsLine() : null)
    {
        foreach (string piece in settings.Stream ? summarizer.Stream(article) : [summarizer.Translate(article)])
        {
            output.Write(piece);
            output.Flush();
        }
    }

    output.WriteLine();
    output.Flush();
    return ExitCode.Success;
}

static int Fail(string message)
{
    Console.Error.WriteLine($"summarize: {OneLine.Of(message)}");
    return ExitCode.UserError;
}
