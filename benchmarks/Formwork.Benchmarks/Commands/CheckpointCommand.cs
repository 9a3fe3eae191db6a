using System.CommandLine;
using Formwork.Benchmarks.Checkpoints;
using Formwork.Weights;

namespace Formwork.Benchmarks.Commands;

/// <summary><c>checkpoint</c>: a published model's size with weights of one's own, trained or random: loading, memory, speed.</summary>
internal static class CheckpointCommand
{
    private static readonly Argument<string> Folder = new("folder")
    {
        Description = "The checkpoint's folder, with model.safetensors or the index of its shards.",
    };

    private static readonly Option<string> Model = new("--model")
    {
        Description = $"The declared model: {string.Join(", ", CheckpointCatalogue.Names)}. By default the folder's name.",
        HelpName = "name",
    };

    private static readonly Option<string> Weights = new("--weights")
    {
        Description = $"The weight type: {string.Join(", ", CheckpointCatalogue.Weights)}.",
        HelpName = "type",
        DefaultValueFactory = static _ => "float32",
    };

    private static readonly Option<bool> Packed = new("--packed")
    {
        Description = "Load the packed file that --save wrote.",
    };

    private static readonly Option<bool> Save = new("--save")
    {
        Description = "Write the packed weights into the folder, after measuring.",
    };

    private static readonly Option<int> Source = new("--source")
    {
        Description = "Tokens of the source.",
        HelpName = "n",
        DefaultValueFactory = static _ => 128,
    };

    private static readonly Option<int> Target = new("--target")
    {
        Description = "Tokens to decode.",
        HelpName = "n",
        DefaultValueFactory = static _ => 64,
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "Seconds of measuring.",
        HelpName = "s",
        DefaultValueFactory = static _ => 10,
    };

    private static readonly ThreadsOption Threads = new("Threads that one source is computed on.");

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command command = new("checkpoint", "Loads a checkpoint of a published model's size and measures it: loading, memory, encoder and tokens a second.")
        {
            Folder, Model, Weights, Packed, Save, Source, Target, Seconds,
        };
        Threads.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static void Run(ParseResult result)
    {
        CheckpointFolder folder = new(result.GetRequiredValue(Folder));
        string name = result.GetValue(Model) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path)));
        CheckpointModel model = CheckpointCatalogue.Find(name, result.GetRequiredValue(Weights));
        CheckpointRun run = new(Threads.Read(result), AtLeastOne(result, Source), AtLeastOne(result, Target), result.GetValue(Seconds));
        try
        {
            JsonOutput.Write(run.Measure(model, folder, result.GetValue(Packed), result.GetValue(Save)));
        }
        catch (Exception problem) when (problem is WeightLoadException or WeightSaveException or ArgumentException or IOException)
        {
            throw new UserErrorException(problem.Message, problem);
        }
    }

    private static int AtLeastOne(ParseResult result, Option<int> option)
    {
        int count = result.GetValue(option);
        return count >= 1 ? count : throw new UserErrorException($"{option.Name} {count}: at least one token is needed");
    }
}
