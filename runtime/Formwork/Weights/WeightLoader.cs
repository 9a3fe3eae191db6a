using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>
/// Loads a model's weights: finds and checks every tensor of the manifest, then allocates once and copies, converts and packs. The
/// memory that this takes at its peak is the weight memory and a constant.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightLoader
{
    /// <summary>Loads from a safetensors file on a disk, which is closed again. The file is read, not mapped.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="manifest">The model's weights.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated or open.</exception>
    public static WeightMemory Load(string path, WeightManifest manifest)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Load(file, manifest);
    }

    /// <summary>Loads from a safetensors file in memory, an embedded resource for example.</summary>
    /// <param name="bytes">The file's bytes; not needed any more after the call.</param>
    /// <param name="manifest">The model's weights.</param>
    /// <exception cref="ArgumentNullException"><paramref name="manifest"/> is null.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated.</exception>
    public static WeightMemory Load(ReadOnlyMemory<byte> bytes, WeightManifest manifest)
    {
        using SafetensorsFile file = SafetensorsFile.FromMemory(bytes);
        return Load(file, manifest);
    }

    /// <summary>Loads from an opened safetensors file, which stays open.</summary>
    /// <param name="file">The file.</param>
    /// <param name="manifest">The model's weights.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated.</exception>
    public static WeightMemory Load(SafetensorsFile file, WeightManifest manifest) =>
        Load(file, manifest, bytes => new WeightMemory(bytes));

    // Tests pass an allocator to see that a failure frees the memory and that a refused file never asks for any.
    internal static WeightMemory Load(SafetensorsFile file, WeightManifest manifest, Func<long, WeightMemory> allocate)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(manifest);
        string source = $"{file.Source.Name} as {manifest.Model}";
        SafetensorsTensor?[] tensors = ManifestMatch.Resolve(file, manifest, source);
        WeightMemory memory = Allocate(manifest.Bytes, source, allocate);
        try
        {
            var copier = new WeightCopier(memory, source);
            for (int i = 0; i < tensors.Length; i++)
            {
                copier.Fill(manifest.Slots[i], tensors[i]);
            }
            file.Source.ThrowIfChanged();
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    private static WeightMemory Allocate(long bytes, string source, Func<long, WeightMemory> allocate)
    {
        try
        {
            return allocate(bytes);
        }
        catch (OutOfMemoryException e)
        {
            throw new WeightLoadException(source, new WeightProblem(WeightLoadError.OutOfMemory,
                $"the {bytes} bytes of its packed weights could not be allocated",
                "Give the process more memory, or use a smaller model.")
            { Expected = $"{bytes} bytes" }, [], e);
        }
    }
}
