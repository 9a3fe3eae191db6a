using Formwork.Generation;

namespace Formwork.Pipeline;

/// <summary>A model as one translator uses it, whatever its shape: with memory and searches of the translator's own.</summary>
/// <param name="shape">The model's lengths and ids.</param>
/// <param name="generation">How targets are searched for.</param>
internal abstract class ModelSession(DecodingShape shape, GenerationOptions generation) : IDisposable
{
    /// <summary>The model's lengths and ids.</summary>
    public DecodingShape Shape => shape;

    /// <summary>How targets are searched for.</summary>
    public GenerationOptions Generation => generation;

    /// <summary>The search of single sources, which holds the hypotheses of the last.</summary>
    public abstract Search Search { get; }

    /// <summary>How targets are searched for unless a caller says otherwise.</summary>
    public abstract GenerationOptions DefaultGeneration { get; }

    /// <summary>Searches the target of a source.</summary>
    public abstract void Generate(ReadOnlySpan<int> source, CancellationToken cancellation);

    /// <summary>Searches the targets of many sources together.</summary>
    public abstract void GenerateBatch(ReadOnlySpan<int> sources, ReadOnlySpan<int> sourceLengths, SearchFinished finished, CancellationToken cancellation);

    /// <summary>Begins to decode a source token by token.</summary>
    public abstract TokenSteps Begin(ReadOnlySpan<int> source, CancellationToken cancellation);

    /// <summary>Chooses the next token; false once the target has ended.</summary>
    public abstract bool MoveNext(ref TokenSteps steps);

    /// <summary>Another session of the same model, with memory and searches of its own.</summary>
    public abstract ModelSession With(GenerationOptions generation);

    /// <summary>Gives the memory back; the model stays.</summary>
    public abstract void Dispose();
}
