using System.CommandLine;
using Formwork.Benchmarks.Measuring;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>shapes</c>: whole sentences of fixed lengths, with random weights.</summary>
internal static class ShapesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("shapes", "Times encoding and greedy decoding of whole sentences, with random weights.");
        MeasuringOptions options = new($"The weight types: {string.Join(", ", ShapeCatalogue.Weights)} or {ShapeCatalogue.All}.");
        options.AddTo(command);
        command.SetAction(result => Run(ShapeCatalogue.Find(options.Shapes(result), options.Weights(result)), options.Threads(result), options.Seconds(result)));
        return command;
    }

    private static void Run(IReadOnlyList<ShapeModel> models, int threads, double seconds)
    {
        ModelContender[] contenders = [];
        try
        {
            contenders = [.. models.Select(model => model.Load(threads))];
            Rounds.Run(contenders, seconds);
            foreach (ModelContender contender in contenders)
            {
                JsonOutput.Write(ShapeReport.Of(contender, threads));
            }
        }
        finally
        {
            foreach (ModelContender contender in contenders)
            {
                contender.Dispose();
            }
        }
    }
}
