using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace Formwork.Tests.Weights;

/// <summary>An assembly that holds nothing but embedded resources, loaded into a context that can be unloaded.</summary>
internal sealed class ResourceAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("resources", isCollectible: true);

    /// <summary>Builds and loads it.</summary>
    /// <param name="misalignment">Bytes from a multiple of 8 to where the resources' data start.</param>
    /// <param name="resources">Names and contents.</param>
    public ResourceAssembly(int misalignment, params (string Name, byte[] Content)[] resources)
    {
        var builder = new PersistedAssemblyBuilder(new AssemblyName("Resources"), typeof(object).Assembly);
        builder.DefineDynamicModule("Resources");
        MetadataBuilder metadata = builder.GenerateMetadata(out BlobBuilder code, out BlobBuilder fields);
        var blob = new BlobBuilder();
        foreach ((string name, byte[] content) in resources)
        {
            blob.Align(8);
            // A resource is its length in four bytes, then its content.
            blob.WriteBytes(0, 4 + misalignment);
            metadata.AddManifestResource(ManifestResourceAttributes.Public, metadata.GetOrAddString(name), default, (uint)blob.Count);
            blob.WriteInt32(content.Length);
            blob.WriteBytes(content);
        }

        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code, fields, blob).Serialize(image);
        Assembly = _context.LoadFromStream(new MemoryStream(image.ToArray()));
    }

    public Assembly Assembly { get; }

    /// <summary>Lets the assembly go once nothing uses it any more.</summary>
    public void Dispose() => _context.Unload();
}
