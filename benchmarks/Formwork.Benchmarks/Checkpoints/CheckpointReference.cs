using System.Text.Json;

namespace Formwork.Benchmarks.Checkpoints;

/// <summary>What <c>training/random_checkpoint.py</c> found with PyTorch in double precision: log-probabilities of some target ids.</summary>
/// <param name="Source">Source ids.</param>
/// <param name="Target">Target ids.</param>
/// <param name="LogProbs">The log-probability of each.</param>
internal sealed record CheckpointReference(int[] Source, int[] Target, double[] LogProbs)
{
    private const string FileName = "reference.json";

    /// <summary>Reads the file of a checkpoint's folder; null where it has none.</summary>
    /// <exception cref="UserErrorException">The file is something else.</exception>
    public static CheckpointReference? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<CheckpointReference>(File.ReadAllBytes(path), JsonSerializerOptions.Web) : null;
        }
        catch (JsonException problem)
        {
            throw new UserErrorException($"{path} is not what training/random_checkpoint.py writes: {problem.Message}", problem);
        }
    }

    /// <summary>The greatest difference to a model's log-probabilities.</summary>
    public double Difference(LoadedCheckpoint model) => model.Score(Source, Target).Zip(LogProbs, static (own, expected) => Math.Abs(own - expected)).Max();
}
