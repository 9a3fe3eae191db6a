namespace Formwork.Benchmarks.Checkpoints;

/// <summary>The members of a generated type that are measured.</summary>
/// <typeparam name="TModel">The generated type.</typeparam>
/// <param name="Save">Writes the packed weights.</param>
/// <param name="Encode">Runs the encoder.</param>
/// <param name="Generate">Encodes and decodes greedily; returns the number of ids.</param>
/// <param name="Score">Log-probabilities of given target ids.</param>
internal sealed record CheckpointMembers<TModel>(
    Action<TModel, string> Save,
    Action<TModel, ReadOnlySpan<int>, StateMemory> Encode,
    Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> Generate,
    Func<TModel, ReadOnlySpan<int>, ReadOnlySpan<int>, float[]> Score);
