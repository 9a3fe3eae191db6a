using System.CommandLine;
using Formwork.Benchmarks.Peers;
using Formwork.Benchmarks.Shapes;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>peers</c>: the same sentences by ONNX Runtime and by us, in turns.</summary>
internal static class PeersCommand
{
    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where ONNX Runtime and its graphs are kept. By default a folder of the user's cache.",
        HelpName = "path",
        DefaultValueFactory = static _ => OnnxRuntimePackage.DefaultFolder,
    };

    private static readonly Option<bool> Table = new("--table")
    {
        Description = "Show a table on standard error too, where that is not a terminal.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("peers", "Times ONNX Runtime (installed with npm) on the same shapes, in turns with Formwork where it has the weight type.");
        MeasuringOptions options = new($"The weight types: {string.Join(", ", PeerWeights.All.Select(static weights => weights.Name))} or {ShapeCatalogue.All}.");
        options.AddTo(command);
        command.Add(Folder);
        command.Add(Table);
        command.SetAction(result => Run(
            ShapeCatalogue.FindShapes(options.Shapes(result)),
            PeerWeights.Find(options.Weights(result)),
            options.Threads(result),
            options.Seconds(result),
            result.GetRequiredValue(Folder),
            result.GetValue(Table)));
        return command;
    }

    private static void Run(
        IReadOnlyList<Shape> shapes, IReadOnlyList<PeerWeights> weights, int threads, double seconds, string folder, bool table)
    {
        OnnxRuntimePackage.Ensure(folder);
        List<PeerReport> reports = [];
        foreach (Shape shape in shapes)
        {
            foreach (PeerWeights type in weights)
            {
                using PeerMatch match = new(folder, shape, type, threads);
                match.Run(seconds);
                PeerReport report = PeerReport.Of(match, threads);
                JsonOutput.Write(report);
                reports.Add(report);
            }
        }

        if (table || !Console.IsErrorRedirected)
        {
            PeerTable.Write(reports);
        }
    }
}
