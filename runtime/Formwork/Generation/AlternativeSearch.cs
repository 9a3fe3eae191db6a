using System.ComponentModel;
using Formwork.Generation.Constraints;
using Formwork.Kernels;

namespace Formwork.Generation;

/// <summary>Finds the most probable ids after a prefix, and completes the target after each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AlternativeSearch
{
    /// <summary>Encodes a source in slot 0 and finds alternatives, the most probable first.</summary>
    /// <typeparam name="TDecoder">The model and memory to step; a ref struct is welcome.</typeparam>
    /// <param name="decoder">The decoder.</param>
    /// <param name="search">Completes the targets; its prefix is put back afterwards.</param>
    /// <param name="source">The source's ids; checked before.</param>
    /// <param name="prefix">The ids before the position.</param>
    /// <param name="count">The most alternatives.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <exception cref="ArgumentException">The prefix leaves no room, or the search has a prefix that is only a wish.</exception>
    /// <exception cref="GenerationException">The logits were of no use, or the rules left no token.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static Alternative[] Run<TDecoder>(
        ref TDecoder decoder, Search search, ReadOnlySpan<int> source, ReadOnlySpan<int> prefix, int count, CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        if (search.Options.PrefixBias != 0)
        {
            throw new ArgumentException("Alternatives follow a prefix that stands: leave PrefixBias out.", nameof(search));
        }

        int[] before = search.Prefix.ToArray();
        search.Prefix = prefix;
        search.RoomFrom = prefix.Length;
        try
        {
            decoder.Encode(source, slot: 0);
            SearchLoop.Begin(ref decoder, search, slot: 0, source.Length);
            decoder.Decode(search.Tokens[..1], search.Lanes[..1], search.Positions[..1]);
            (int[] tokens, float[] logProbabilities) = search.Best(decoder.Logits[..search.Shape.Vocabulary], count);
            var alternatives = new Alternative[tokens.Length];
            int[] extended = [.. prefix, 0];
            for (int index = 0; index < tokens.Length; index++)
            {
                extended[^1] = tokens[index];
                alternatives[index] = new(tokens[index], logProbabilities[index], Complete(ref decoder, search, source.Length, extended, cancellation));
            }

            return alternatives;
        }
        finally
        {
            search.RoomFrom = null;
            search.Prefix = before;
        }
    }

    private static ScoredTarget Complete<TDecoder>(ref TDecoder decoder, Search search, int sourceLength, int[] ids, CancellationToken cancellation)
        where TDecoder : struct, ISearchDecoder, allows ref struct
    {
        if (ids[^1] == search.Shape.EndToken || ids.Length == search.MostIds)
        {
            return new([.. ids], new float[ids.Length], 0, 0, ids[^1] == search.Shape.EndToken);
        }

        search.Prefix = ids;
        SearchLoop.Resume(ref decoder, search, sourceLength, cancellation);
        return search[0].Copy();
    }
}
