namespace Formwork.Benchmarks.Checkpoints;

/// <summary>A model with its weights and one state.</summary>
internal abstract class LoadedCheckpoint : IDisposable
{
    /// <summary>Writes the packed weights.</summary>
    public abstract void Save(string path);

    /// <summary>Runs the encoder.</summary>
    public abstract void Encode(ReadOnlySpan<int> source);

    /// <summary>Encodes a source and decodes it greedily; returns the number of ids written.</summary>
    public abstract int Generate(ReadOnlySpan<int> source, Span<int> target);

    /// <summary>Log-probabilities of given target ids.</summary>
    public abstract float[] Score(ReadOnlySpan<int> source, ReadOnlySpan<int> target);

    /// <inheritdoc/>
    public abstract void Dispose();
}
