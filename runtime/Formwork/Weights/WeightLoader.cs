using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>
/// Loads a model's weights from a safetensors file: finds and checks every tensor of the manifest, then allocates once and copies, converts and packs. The
/// memory that this takes at its peak is the weight memory and a constant.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightLoader
{
    /// <summary>Loads from an opened safetensors file, which stays open.</summary>
    /// <param name="file">The file.</param>
    /// <param name="manifest">The model's weights.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated.</exception>
    public static WeightMemory Load(SafetensorsFile file, WeightManifest manifest) =>
        Load(file, manifest, bytes => new WeightMemory(bytes));

    // Tests pass an allocator to see that a failure frees the memory and that a refused file never asks for any.
    internal static WeightMemory Load(ITensorSet file, WeightManifest manifest, Func<long, WeightMemory> allocate)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(manifest);
        string source = $"{file.Name} as {manifest.Model}";
        SafetensorsTensor?[] tensors = ManifestMatch.Resolve(file, manifest, source);
        WeightMemory memory = Allocate(manifest.Bytes, source, allocate);
        try
        {
            var copier = new WeightCopier(memory, source);
            for (int i = 0; i < tensors.Length; i++)
            {
                copier.Fill(manifest.Slots[i], tensors[i]);
            }
            file.ThrowIfChanged();
            return memory;
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Allocates the memory for checked weights.</summary>
    /// <exception cref="WeightLoadException">It cannot be had.</exception>
    internal static WeightMemory Allocate(long bytes, string source, Func<long, WeightMemory> allocate)
    {
        try
        {
            return allocate(bytes);
        }
        catch (OutOfMemoryException e)
        {
            throw OutOfMemory(bytes, source, e);
        }
    }

    /// <summary>The exception for weights that the process has no room for.</summary>
    internal static WeightLoadException OutOfMemory(long bytes, string source, OutOfMemoryException inner) => new(source, new WeightProblem(
        WeightLoadError.OutOfMemory,
        $"the {bytes} bytes of its packed weights could not be allocated",
        "Give the process more memory, or use a smaller model.")
    { Expected = $"{bytes} bytes" }, [], inner);
}
