using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>A checkpoint of safetensors: one file, or the shards that a <c>model.safetensors.index.json</c> names.</summary>
internal sealed class Checkpoint : IDisposable
{
    private readonly string _path;
    private readonly long _indexBytes;
    private readonly IDisposable _opened;

    private Checkpoint(string path, SafetensorsFile file)
    {
        _path = path;
        _opened = file;
        Tensors = file;
        Parts = [(Path.GetFileName(path), file)];
    }

    private Checkpoint(string path, ShardedCheckpoint shards)
    {
        _path = path;
        _opened = shards;
        _indexBytes = shards.IndexBytes;
        Tensors = shards;
        Parts = shards.Shards;
        IsSharded = true;
    }

    /// <summary>All tensors, in the order of their bytes in each part.</summary>
    public ITensorSet Tensors { get; }

    /// <summary>The files that hold tensors, by their names without a folder: one, or the shards in the order of their names.</summary>
    public IReadOnlyList<(string Name, SafetensorsFile File)> Parts { get; }

    /// <summary>Whether it was opened by an index.</summary>
    public bool IsSharded { get; }

    /// <summary>The lengths of all parts together.</summary>
    public long Bytes => Parts.Sum(static part => part.File.Source.Length);

    /// <summary>The names and lengths of all files, that of an index first.</summary>
    public IEnumerable<(string Name, long Bytes)> Files =>
    [
        .. IsSharded ? [(Path.GetFileName(_path), _indexBytes)] : Array.Empty<(string, long)>(),
        .. Parts.Select(static part => (part.Name, part.File.Source.Length)),
    ];

    /// <summary>The paths of all files, which nothing may be written over.</summary>
    public IEnumerable<string> Paths => [_path, .. Parts.Select(part => Path.Combine(Path.GetDirectoryName(_path) ?? "", part.Name))];

    /// <summary>Opens a checkpoint and validates the headers of all its files.</summary>
    /// <exception cref="WeightLoadException">A file cannot be read or is damaged, or an index and its shards contradict each other.</exception>
    /// <exception cref="ToolException">A shard is not there.</exception>
    public static Checkpoint Open(string path) => ShardIndex.IsIndex(path) ? new(path, OpenShards(path)) : new(path, SafetensorsFile.Open(path));

    /// <inheritdoc/>
    public void Dispose() => _opened.Dispose();

    // Of the two, a file that the user named wrongly is a mistake in the arguments, and one that the index names is one in the checkpoint.
    private static ShardedCheckpoint OpenShards(string path)
    {
        try
        {
            return ShardedCheckpoint.Open(path);
        }
        catch (WeightLoadException problem) when (problem.Code is WeightLoadError.FileNotFound or WeightLoadError.IsDirectory && File.Exists(path))
        {
            throw ToolException.Problem($"{WeightProblem.Quote(path)} lists a shard that is not beside it; download all shards. {problem.Message}", problem);
        }
    }
}
