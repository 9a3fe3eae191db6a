using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>Loads a model's weights from whichever kind of file it is given.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightFile
{
    /// <summary>Loads packed weights, a safetensors file, or the shards that a <c>model.safetensors.index.json</c> names.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="layout">The model's layout.</param>
    /// <param name="storage">Where packed weights stay.</param>
    /// <param name="manifest">Lists the model's tensors; called for a safetensors file alone, because hundreds of names take time.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="storage"/> is no member of its type.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated or open.</exception>
    public static WeightMemory Load(string path, WeightLayout layout, WeightStorage storage, Func<WeightManifest> manifest)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)storage, (uint)WeightStorage.Copied, nameof(storage));
        if (ShardIndex.IsIndex(path))
        {
            using ShardedCheckpoint checkpoint = ShardedCheckpoint.Open(path);
            return WeightLoader.Load(checkpoint, manifest(), static bytes => new WeightMemory(bytes));
        }

        return LoadFrom(FileByteSource.Open(path), layout, storage, manifest);
    }

    /// <summary>Loads packed weights or a safetensors file from memory, an embedded resource for example.</summary>
    /// <param name="bytes">The file's bytes; not needed any more after the call.</param>
    /// <param name="layout">The model's layout.</param>
    /// <param name="manifest">Lists the model's tensors.</param>
    /// <exception cref="ArgumentNullException"><paramref name="manifest"/> is null.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated.</exception>
    public static WeightMemory Load(ReadOnlyMemory<byte> bytes, WeightLayout layout, Func<WeightManifest> manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return LoadFrom(new MemoryByteSource(bytes), layout, WeightStorage.Copied, manifest);
    }

    /// <summary>Loads from a source, which is taken over.</summary>
    internal static WeightMemory LoadFrom(ByteSource source, WeightLayout layout, WeightStorage storage, Func<WeightManifest> manifest)
    {
        if (IsPacked(source))
        {
            return PackedWeights.Load(source, layout, storage);
        }

        using SafetensorsFile file = SafetensorsFile.Over(source);
        return WeightLoader.Load(file, manifest());
    }

    private static bool IsPacked(ByteSource source)
    {
        try
        {
            return PackedHeader.IsAt(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
