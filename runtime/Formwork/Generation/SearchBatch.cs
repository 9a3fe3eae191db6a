using System.Buffers;
using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>Runs searches of many sources, several at once. A slot whose search has ended takes the next source at once, the longest first.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SearchBatch
{
    /// <summary>Searches every source's target; each is the one that it gets alone.</summary>
    /// <typeparam name="TDecoder">The model and memory to step; a ref struct is welcome.</typeparam>
    /// <param name="decoder">The decoder.</param>
    /// <param name="searches">One search a slot, of the same options.</param>
    /// <param name="sources">The sources' ids, one source after another; checked before.</param>
    /// <param name="sourceLengths">The sources' lengths.</param>
    /// <param name="finished">Receives each source's search when it has ended.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="GenerationException">The logits of a source were of no use, or the rules left no token.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Run<TDecoder>(
        ref TDecoder decoder,
        ReadOnlySpan<Search> searches,
        ReadOnlySpan<int> sources,
        ReadOnlySpan<int> sourceLengths,
        SearchFinished finished,
        CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(finished);
        int count = sourceLengths.Length;
        int lanes = searches.Length * searches[0].Shape.MaxBeams;
        int[] rented = ArrayPool<int>.Shared.Rent((3 * count) + searches.Length + (3 * lanes));
        int entered = 0;
        try
        {
            for (; entered < searches.Length; entered++)
            {
                searches[entered].Enter();
            }

            Span<int> memory = rented;
            Span<int> keys = memory[..count];
            Span<int> order = memory.Slice(count, count);
            Span<int> starts = memory.Slice(2 * count, count);
            Span<int> slotSources = memory.Slice(3 * count, searches.Length);
            Order(sourceLengths, keys, order, starts);
            slotSources.Fill(-1);
            Rows rows = new(memory.Slice((3 * count) + searches.Length, 3 * lanes), lanes);
            for (int next = 0; ;)
            {
                for (int slot = 0; slot < searches.Length && next < count; slot++)
                {
                    if (slotSources[slot] < 0)
                    {
                        int source = order[next++];
                        ReadOnlySpan<int> ids = sources.Slice(starts[source], sourceLengths[source]);
                        decoder.Encode(ids, slot);
                        SearchLoop.Begin(ref decoder, searches[slot], slot, ids.Length);
                        slotSources[slot] = source;
                    }
                }

                if (!Step(ref decoder, searches, slotSources, rows, finished, cancellation))
                {
                    return;
                }
            }
        }
        finally
        {
            foreach (Search search in searches[..entered])
            {
                search.Exit();
            }

            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>One position of every search that runs; false if none does.</summary>
    private static bool Step<TDecoder>(
        ref TDecoder decoder, ReadOnlySpan<Search> searches, Span<int> slotSources, Rows rows, SearchFinished finished, CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        int count = 0;
        for (int slot = 0; slot < searches.Length; slot++)
        {
            if (slotSources[slot] >= 0)
            {
                SearchLoop.CopyLanes(ref decoder, searches[slot], slot);
                count = rows.Add(searches[slot], slot, count);
            }
        }

        if (count == 0)
        {
            return false;
        }

        cancellation.ThrowIfCancellationRequested();
        decoder.Decode(rows.Tokens[..count], rows.Lanes[..count], rows.Positions[..count]);
        int row = 0;
        for (int slot = 0; slot < searches.Length; slot++)
        {
            if (slotSources[slot] < 0)
            {
                continue;
            }

            Search search = searches[slot];
            int own = search.Tokens.Length;
            SearchLoop.Advance(ref decoder, search, row);
            row += own;
            if (search.IsFinished)
            {
                finished(slotSources[slot], search);
                slotSources[slot] = -1;
            }
        }

        return true;
    }

    private static void Order(ReadOnlySpan<int> lengths, Span<int> keys, Span<int> order, Span<int> starts)
    {
        int start = 0;
        for (int index = 0; index < lengths.Length; index++)
        {
            keys[index] = -lengths[index];
            order[index] = index;
            starts[index] = start;
            start += lengths[index];
        }

        keys.Sort(order);
    }

    /// <summary>The rows of all searches, one after another.</summary>
    private readonly ref struct Rows(Span<int> memory, int lanes)
    {
        public Span<int> Tokens { get; } = memory[..lanes];

        public Span<int> Lanes { get; } = memory.Slice(lanes, lanes);

        public Span<int> Positions { get; } = memory.Slice(2 * lanes, lanes);

        public int Add(Search search, int slot, int count)
        {
            int rows = search.Tokens.Length;
            search.Tokens.CopyTo(Tokens[count..]);
            search.Positions.CopyTo(Positions[count..]);
            for (int row = 0; row < rows; row++)
            {
                Lanes[count + row] = (slot * search.Shape.MaxBeams) + search.Lanes[row];
            }

            return count + rows;
        }
    }
}
