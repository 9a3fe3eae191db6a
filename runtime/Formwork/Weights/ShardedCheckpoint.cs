using System.Diagnostics.CodeAnalysis;

namespace Formwork.Weights;

/// <summary>A checkpoint in several safetensors files, by its index. All of them are open, and validated, before any tensor is handed out.</summary>
internal sealed class ShardedCheckpoint : ITensorSet, IDisposable
{
    private readonly List<(string Name, SafetensorsFile File)> _shards = [];
    private readonly Dictionary<string, SafetensorsTensor> _byName = [];
    private readonly List<SafetensorsTensor> _tensors = [];

    private ShardedCheckpoint(string path)
    {
        Name = WeightProblem.Quote(path);
        Dictionary<string, string> map;
        using (FileByteSource index = FileByteSource.Open(path))
        {
            map = ShardIndex.Read(index);
            IndexBytes = index.Length;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var owner = new Dictionary<string, string>();
        foreach (string shard in map.Values.Distinct().Order(StringComparer.Ordinal))
        {
            Add(shard, Path.Combine(folder, shard), owner);
        }

        Check(map, owner);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SafetensorsTensor> Tensors => _tensors;

    /// <summary>The shards by their names beside the index, in the order of these.</summary>
    public IReadOnlyList<(string Name, SafetensorsFile File)> Shards => _shards;

    /// <summary>The index's length.</summary>
    public long IndexBytes { get; }

    /// <summary>Opens an index and all of its shards.</summary>
    /// <exception cref="WeightLoadException">Any of them is missing or damaged, or they contradict each other; nothing stays open.</exception>
    public static ShardedCheckpoint Open(string path) => new(path);

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <inheritdoc/>
    public void ThrowIfChanged() => _shards.ForEach(static shard => shard.File.Source.ThrowIfChanged());

    /// <inheritdoc/>
    public void Dispose() => _shards.ForEach(static shard => shard.File.Dispose());

    private void Add(string shard, string path, Dictionary<string, string> owner)
    {
        try
        {
            SafetensorsFile file = SafetensorsFile.Open(path);
            _shards.Add((shard, file));
            foreach (SafetensorsTensor tensor in file.Tensors)
            {
                if (!_byName.TryAdd(tensor.Name, tensor))
                {
                    throw new WeightProblem(WeightLoadError.ShardsContradict,
                        $"tensor {WeightProblem.Quote(tensor.Name)} is in two shards, {WeightProblem.Quote(owner[tensor.Name])} and {WeightProblem.Quote(shard)}",
                        "The shards are not of one checkpoint: download all of them again, with their index.")
                    { Tensor = tensor.Name }.In(Name);
                }

                owner.Add(tensor.Name, shard);
                _tensors.Add(tensor);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void Check(Dictionary<string, string> map, Dictionary<string, string> owner)
    {
        foreach ((string tensor, string shard) in map)
        {
            if (!owner.TryGetValue(tensor, out string? found) || found != shard)
            {
                Dispose();
                throw new WeightProblem(WeightLoadError.ShardsContradict,
                    $"the index says that tensor {WeightProblem.Quote(tensor)} is in {WeightProblem.Quote(shard)}, {(found is null ? "where it is not" : $"but it is in {WeightProblem.Quote(found)}")}",
                    "The index and its shards are not of one checkpoint: download all of them again.")
                { Tensor = tensor, Expected = shard, Found = found }.In(Name);
            }
        }
    }
}
