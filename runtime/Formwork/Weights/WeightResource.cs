using System.ComponentModel;
using System.Reflection;

namespace Formwork.Weights;

/// <summary>Loads a model's weights from a resource that is embedded in an assembly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightResource
{
    private const int ListedResources = 6;

    /// <summary>Loads packed weights or a safetensors file.</summary>
    /// <param name="assembly">The assembly that the resource is embedded in.</param>
    /// <param name="resource">The resource's name.</param>
    /// <param name="layout">The model's layout.</param>
    /// <param name="storage">Where packed weights stay: in the assembly, which the operating system has mapped, or copied.</param>
    /// <param name="manifest">Lists the model's tensors; called for a safetensors file alone.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="storage"/> is no member of its type.</exception>
    /// <exception cref="WeightLoadException">Everything else that can go wrong; nothing stays allocated.</exception>
    public static WeightMemory Load(Assembly assembly, string resource, WeightLayout layout, WeightStorage storage, Func<WeightManifest> manifest)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)storage, (uint)WeightStorage.Copied, nameof(storage));
        string name = $"the resource {WeightProblem.Quote(resource)}";
        Stream stream = assembly.GetManifestResourceStream(resource) ?? throw Missing(assembly, resource, name);
        return WeightFile.LoadFrom(Source(name, stream), layout, storage, manifest);
    }

    private static ByteSource Source(string name, Stream stream)
    {
        if (stream is UnmanagedMemoryStream mapped)
        {
            return new ResourceByteSource(name, mapped);
        }

        // Assemblies of other loaders may hand out any stream.
        using (stream)
        {
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new MemoryByteSource(bytes, name);
        }
    }

    private static WeightLoadException Missing(Assembly assembly, string resource, string name)
    {
        string[] present = assembly.GetManifestResourceNames();
        string found = present.Length == 0
            ? "no resources"
            : $"the resources {string.Join(", ", present.Take(ListedResources).Select(WeightProblem.Quote))}{(present.Length > ListedResources ? $" and {present.Length - ListedResources} more" : string.Empty)}";
        return new WeightProblem(
            WeightLoadError.ResourceNotFound,
            $"the assembly '{assembly.GetName().Name}' has {found}",
            $"Add the file to the project that declares the model: <EmbeddedResource Include=\"…\" LogicalName={WeightProblem.Quote(resource).Replace('\'', '"')} />.")
        { Expected = resource, Found = found }.In(name);
    }
}
