using Formwork.Generation;

namespace Formwork.Benchmarks.Trained;

/// <summary>A trained model with its weights and one state.</summary>
internal abstract class LoadedModel(ModelVariant variant) : IDisposable
{
    /// <summary>What was loaded.</summary>
    public ModelVariant Variant { get; } = variant;

    /// <summary>Encodes a source and decodes it greedily; returns the number of ids written.</summary>
    public abstract int Generate(ReadOnlySpan<int> source, Span<int> target);

    /// <summary>Encodes and decodes many sources, several at once.</summary>
    /// <exception cref="InvalidOperationException">The model is declared without a batch.</exception>
    public abstract int[][] GenerateBatch(IReadOnlyList<int[]> sources);

    /// <summary>Makes a search.</summary>
    /// <exception cref="InvalidOperationException">The model is declared without beams.</exception>
    public abstract Search CreateSearch(GenerationOptions options);

    /// <summary>Encodes a source and searches its target.</summary>
    public abstract void Generate(ReadOnlySpan<int> source, Search search);

    /// <summary>Encodes many sources and searches their targets, several at once.</summary>
    public abstract ScoredTarget[][] GenerateBatch(IReadOnlyList<int[]> sources, GenerationOptions options);

    /// <summary>Encodes a source and readies the state for <see cref="Step"/>.</summary>
    public abstract void Encode(ReadOnlySpan<int> source);

    /// <summary>Feeds a token and computes the logits of the next.</summary>
    public abstract void Step(int token, Span<float> logits);

    /// <inheritdoc/>
    public abstract void Dispose();
}
