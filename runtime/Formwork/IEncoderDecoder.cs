using Formwork.Generation;
using Formwork.Weights;

namespace Formwork;

/// <summary>
/// A generated model, whatever its shape: what <see cref="Pipeline.Translator"/> asks of it, and any code that is written once for all models. Every
/// declaration with <see cref="DecodingFeatures.Search"/> implements it; where a member has one of the same name and meaning in the class, that is it.
/// </summary>
/// <remarks>
/// A model serves any number of threads, each with a <see cref="DecodingMemory"/> and searches of its own.
/// </remarks>
/// <typeparam name="TSelf">The generated class itself.</typeparam>
public interface IEncoderDecoder<TSelf> : IDisposable
    where TSelf : IEncoderDecoder<TSelf>
{
    /// <summary>The lengths, the target's ids and those with a meaning.</summary>
    static abstract DecodingShape Shape { get; }

    /// <summary>Number of source ids.</summary>
    static abstract int SourceVocabulary { get; }

    /// <summary>The id of padding.</summary>
    static abstract int PadToken { get; }

    /// <summary>The most sources that are decoded together.</summary>
    static virtual int MaxBatch => 1;

    /// <summary>How targets are searched for unless a caller says otherwise: what the model's own files recommend, or greedy search.</summary>
    static virtual GenerationOptions DefaultOptions => new();

    /// <summary>Loads a model.</summary>
    /// <param name="path">The file of weights, packed or safetensors, or the index of its shards.</param>
    /// <param name="threads">Threads that one call works with at most, the calling one included.</param>
    /// <param name="storage">Where packed weights stay.</param>
    /// <exception cref="WeightLoadException">The file is missing, damaged, or another model's.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1, or beyond all sense.</exception>
    static abstract TSelf Load(string path, int threads, WeightStorage storage);

    /// <summary>Makes memory for one caller; nothing is allocated before it is used.</summary>
    DecodingMemory CreateMemory();

    /// <summary>Makes a search of this model with all the memory that it needs, to be used any number of times.</summary>
    /// <param name="options">What to search for and by which rules.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or the declaration.</exception>
    Search CreateSearch(GenerationOptions options);

    /// <summary>Encodes a source and searches its target. Nothing is allocated once the memory is there.</summary>
    /// <param name="source">Source ids: 1 to <see cref="DecodingShape.SourceLength"/> of them.</param>
    /// <param name="search">A search of this model; afterwards it holds the hypotheses.</param>
    /// <param name="memory">The memory to work in.</param>
    /// <param name="cancellation">Ends the run between two tokens.</param>
    /// <exception cref="ArgumentException">The source is empty or too long or holds an id outside the vocabulary, or the search belongs to another model.</exception>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the memory or the search.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; memory and search may be used again.</exception>
    void Generate(ReadOnlySpan<int> source, Search search, DecodingMemory memory, CancellationToken cancellation);

    /// <summary>Encodes many sources and searches their targets; each gets the hypotheses that it gets alone. A declaration without <c>MaxBatch</c> takes one after the other.</summary>
    /// <param name="sources">The sources' ids, one source after another.</param>
    /// <param name="sourceLengths">The sources' lengths: 1 to <see cref="DecodingShape.SourceLength"/> each.</param>
    /// <param name="searches"><see cref="MaxBatch"/> searches of the same options.</param>
    /// <param name="finished">Receives each source's hypotheses as soon as its search has ended.</param>
    /// <param name="memory">The memory to work in.</param>
    /// <param name="cancellation">Ends the run between two tokens.</param>
    /// <exception cref="ArgumentException">A source is empty or too long or holds an id outside the vocabulary, or the searches are not those of one batch of this model.</exception>
    /// <exception cref="GenerationException">The logits of a source were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the memory or a search.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    void GenerateBatch(
        ReadOnlySpan<int> sources,
        ReadOnlySpan<int> sourceLengths,
        ReadOnlySpan<Search> searches,
        SearchFinished finished,
        DecodingMemory memory,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(finished);
        Check.Batch(sources, sourceLengths, TSelf.Shape.SourceLength, TSelf.SourceVocabulary);
        Check.Searches(searches, TSelf.Shape, TSelf.MaxBatch);
        int start = 0;
        for (int index = 0; index < sourceLengths.Length; index++)
        {
            Generate(sources.Slice(start, sourceLengths[index]), searches[0], memory, cancellation);
            finished(index, searches[0]);
            start += sourceLengths[index];
        }
    }

    /// <summary>Encodes a source and begins to decode it token by token.</summary>
    /// <param name="source">Source ids: 1 to <see cref="DecodingShape.SourceLength"/> of them.</param>
    /// <param name="search">A search of this model with one beam and one hypothesis. Its prefix is not among the tokens.</param>
    /// <param name="memory">The memory to work in; nothing else may use it, or the search, until the target has ended.</param>
    /// <param name="cancellation">Ends the run between two tokens.</param>
    /// <returns>The steps, which <see cref="MoveNext"/> takes one by one.</returns>
    /// <exception cref="ArgumentException">The source is empty or too long or holds an id outside the vocabulary, or the search follows several hypotheses or belongs to another model.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the memory or the search.</exception>
    TokenSteps Begin(ReadOnlySpan<int> source, Search search, DecodingMemory memory, CancellationToken cancellation);

    /// <summary>Chooses the next token; false once the target has ended.</summary>
    /// <param name="steps">What <see cref="Begin"/> returned.</param>
    /// <param name="memory">The memory that it was begun in.</param>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">Another call uses the memory or the search, or the search has been used for another run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    bool MoveNext(ref TokenSteps steps, DecodingMemory memory);
}
