using Formwork.Generation;

namespace Formwork.Benchmarks.Trained;

/// <summary>The members of a generated type that has beams.</summary>
/// <typeparam name="TModel">The generated type.</typeparam>
/// <param name="Create">Makes a search.</param>
/// <param name="Run">Searches one source's target.</param>
/// <param name="RunBatch">Searches many sources' targets, several at once.</param>
internal sealed record SearchMembers<TModel>(
    Func<TModel, GenerationOptions, Search> Create,
    Action<TModel, ReadOnlySpan<int>, Search> Run,
    Func<TModel, IReadOnlyList<int[]>, GenerationOptions, ScoredTarget[][]> RunBatch);
