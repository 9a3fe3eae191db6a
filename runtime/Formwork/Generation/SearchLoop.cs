using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>Runs a search on a model.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SearchLoop
{
    /// <summary>Encodes a source in slot 0 and searches its target. Nothing is allocated.</summary>
    /// <typeparam name="TDecoder">The model and memory to step; a ref struct is welcome.</typeparam>
    /// <param name="decoder">The decoder.</param>
    /// <param name="search">The search; afterwards it holds the hypotheses.</param>
    /// <param name="source">The source's ids; checked before.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="InvalidOperationException">The search is in use.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run<TDecoder>(ref TDecoder decoder, Search search, ReadOnlySpan<int> source, CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        search.Enter();
        try
        {
            if (source.IsEmpty && search.AcceptsEmptySource)
            {
                search.FinishEmpty();
                return;
            }

            decoder.Encode(source, slot: 0);
            Resume(ref decoder, search, source.Length, cancellation);
        }
        finally
        {
            search.Exit();
        }
    }

    /// <summary>The same for a source that slot 0 holds already.</summary>
    internal static void Resume<TDecoder>(ref TDecoder decoder, Search search, int sourceLength, CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        Begin(ref decoder, search, slot: 0, sourceLength);
        while (!search.IsFinished)
        {
            cancellation.ThrowIfCancellationRequested();
            Step(ref decoder, search);
        }
    }

    /// <summary>One step of a search in slot 0.</summary>
    internal static void Step<TDecoder>(ref TDecoder decoder, Search search)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        CopyLanes(ref decoder, search, slot: 0);
        decoder.Decode(search.Tokens, search.Lanes, search.Positions);
        Advance(ref decoder, search, row: 0);
    }

    /// <summary>Feeds the prefix and begins the search.</summary>
    internal static void Begin<TDecoder>(ref TDecoder decoder, Search search, int slot, int sourceLength)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        search.Begin(sourceLength);
        int lane = slot * search.Shape.MaxBeams;
        ReadOnlySpan<int> tokens = search.Prefill;
        if (tokens.IsEmpty)
        {
            return;
        }

        if (!search.NeedsCoverage)
        {
            decoder.Prefill(tokens, lane, position: 0);
            return;
        }

        for (int position = 0; position < tokens.Length; position++)
        {
            decoder.Decode(tokens.Slice(position, 1), [lane], [position]);
            decoder.AddCrossAttention(0, search.Coverage(0));
        }
    }

    /// <summary>Makes the lanes what the search's next rows need.</summary>
    internal static void CopyLanes<TDecoder>(ref TDecoder decoder, Search search, int slot)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        int first = slot * search.Shape.MaxBeams;
        foreach (LaneCopy copy in search.Copies)
        {
            decoder.CopyLane(first + copy.Source, first + copy.Destination, search.Positions[0]);
        }
    }

    /// <summary>Hands a search the logits of its rows.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="search">The search.</param>
    /// <param name="row">The first of its rows among those that were decoded together.</param>
    internal static void Advance<TDecoder>(ref TDecoder decoder, Search search, int row)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        int rows = search.Tokens.Length;
        if (search.NeedsCoverage)
        {
            for (int own = 0; own < rows; own++)
            {
                decoder.AddCrossAttention(row + own, search.Coverage(own));
            }
        }

        int vocabulary = search.Shape.Vocabulary;
        search.Advance(decoder.Logits.Slice(row * vocabulary, rows * vocabulary));
    }
}
