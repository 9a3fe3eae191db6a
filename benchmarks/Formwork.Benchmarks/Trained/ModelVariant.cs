namespace Formwork.Benchmarks.Trained;

/// <summary>A trained model as it is declared in one choice of weight types.</summary>
internal abstract class ModelVariant(string weights, long weightBytes)
{
    /// <summary>The weight types' name on the command line and in results.</summary>
    public string Weights { get; } = weights;

    /// <summary>Bytes of the packed weights.</summary>
    public long WeightBytes { get; } = weightBytes;

    /// <summary>Binds a name to the generated type that computes it; the type argument follows from its members.</summary>
    /// <remarks>The members are passed rather than an interface, so that declarations stay what users write.</remarks>
    public static ModelVariant Of<TModel>(
        string weights,
        long weightBytes,
        int stateBytes,
        Func<string, int, TModel> load,
        Action<TModel, ReadOnlySpan<int>, StateMemory> encode,
        Action<TModel, int, StateMemory, Span<float>> step,
        Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> generate,
        Func<TModel, IReadOnlyList<int[]>, int[][]>? generateBatch = null,
        SearchMembers<TModel>? searches = null)
        where TModel : IDisposable =>
        new GeneratedVariant<TModel>(weights, weightBytes, stateBytes, load, encode, step, generate, generateBatch, searches);

    /// <summary>Loads the model.</summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="threads">Threads that one call works with.</param>
    /// <exception cref="Weights.WeightLoadException">The file is missing, damaged, or another model's.</exception>
    public abstract LoadedModel Load(string path, int threads = 1);
}
