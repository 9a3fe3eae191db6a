using System.Reflection;
using System.Runtime.Loader;
using Formwork.Weights;

namespace Formwork.Tool.Declarations;

/// <summary>A generated model, loaded into a context of its own that goes with it.</summary>
internal sealed class CompiledModel : IDisposable
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions;
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions;

    private readonly AssemblyLoadContext _context;
    private readonly Type _type;

    private CompiledModel(AssemblyLoadContext context, Type type)
    {
        _context = context;
        _type = type;
    }

    /// <summary>Loads a compiled assembly. The runtime library that it uses is this program's.</summary>
    public static CompiledModel Load(Stream assembly, string metadataName)
    {
        var context = new AssemblyLoadContext("declared", isCollectible: true);
        return new(context, context.LoadFromStream(assembly).GetType(metadataName, throwOnError: true)!);
    }

    /// <summary>Calls the model's <c>Load</c>.</summary>
    /// <exception cref="WeightLoadException">The file is not this model's, or is damaged.</exception>
    public IDisposable LoadWeights(string path) => (IDisposable)Method("Load", Static, typeof(string), typeof(int), typeof(WeightStorage))
        .Invoke(null, Static, null, [path, 1, WeightStorage.Mapped], null)!;

    /// <summary>Calls the <c>Save</c> of a model that <see cref="LoadWeights"/> returned.</summary>
    /// <exception cref="WeightSaveException">The file could not be written; nothing of it is left.</exception>
    public void SaveWeights(IDisposable model, string path) => Method("Save", Instance, typeof(string)).Invoke(model, Instance, null, [path], null);

    /// <summary>What the model takes from its file.</summary>
    public WeightManifest Manifest() => (WeightManifest)Method("Manifest", Static).Invoke(null, Static, null, [], null)!;

    public void Dispose() => _context.Unload();

    private MethodInfo Method(string name, BindingFlags flags, params Type[] parameters) => _type.GetMethod(name, flags, parameters)
        ?? throw new MissingMethodException(_type.FullName, name);
}
