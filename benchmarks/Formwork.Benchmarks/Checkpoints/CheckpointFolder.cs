namespace Formwork.Benchmarks.Checkpoints;

/// <summary>Where a checkpoint's files are.</summary>
/// <param name="path">The folder.</param>
internal sealed class CheckpointFolder(string path)
{
    private static readonly string[] WeightFiles = ["model.safetensors", "model.safetensors.index.json"];

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The weights: one file, or the index of several.</summary>
    /// <exception cref="UserErrorException">There are none.</exception>
    public string Weights => WeightFiles.Select(In).FirstOrDefault(File.Exists)
        ?? throw new UserErrorException($"{Path} holds neither {string.Join(" nor ", WeightFiles)}; training/random_checkpoint.py makes random ones");

    /// <summary>The packed weights of a weight type.</summary>
    public string Packed(string weights) => In($"{weights}.fw");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
