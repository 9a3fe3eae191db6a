using System.ComponentModel;
using Formwork.Generation;

namespace Formwork.Interop;

/// <summary>A generated model that follows several hypotheses at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INativeSearcher
{
    /// <summary>Bytes of a batch.</summary>
    static abstract int BatchBytes { get; }

    /// <summary>The most hypotheses that are followed at once.</summary>
    static abstract int MaxBeams { get; }

    /// <summary>Makes a search with all the memory that it needs.</summary>
    /// <param name="options">What to search for.</param>
    Search CreateSearch(GenerationOptions options);

    /// <summary>Encodes a source and searches its target.</summary>
    /// <param name="source">Source ids.</param>
    /// <param name="search">A search of this model; afterwards it holds the hypotheses.</param>
    /// <param name="batch">The batch's memory.</param>
    void Generate(ReadOnlySpan<int> source, Search search, Span<byte> batch);
}
