using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>Greedy decoding of many sources, several at once. A lane whose target has ended takes the next source at once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchSearch
{
    /// <summary>Decodes every source. Nothing is allocated.</summary>
    /// <typeparam name="TDecoder">The model and batch to step; a ref struct is welcome.</typeparam>
    /// <param name="decoder">The decoder.</param>
    /// <param name="sources">The sources' ids, one source after another; checked before.</param>
    /// <param name="sourceLengths">The sources' lengths.</param>
    /// <param name="targets">Receives the targets, each at its source's index times <paramref name="limit"/>.</param>
    /// <param name="targetLengths">Receives the targets' lengths.</param>
    /// <param name="limit">The most ids of a target.</param>
    /// <param name="startToken">The token fed at position 0.</param>
    /// <param name="endToken">The token that ends a target; it is kept when it is reached.</param>
    /// <param name="lanes">Sources decoded at once: 1 to 64.</param>
    /// <param name="cancellation">Ends the run between two steps.</param>
    /// <remarks>What targets and lengths hold after an exception is unspecified.</remarks>
    /// <exception cref="GenerationException">The logits of a source held a NaN, or were all −∞.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static void Generate<TDecoder>(
        ref TDecoder decoder,
        ReadOnlySpan<int> sources,
        ReadOnlySpan<int> sourceLengths,
        Span<int> targets,
        Span<int> targetLengths,
        int limit,
        int startToken,
        int endToken,
        int lanes,
        CancellationToken cancellation)
        where TDecoder : struct, IBatchDecoder, allows ref struct
    {
        // Row by row: the lane, the source that it decodes and the token to feed. The rows behind the active ones hold the free lanes.
        Span<int> rowLanes = stackalloc int[lanes];
        Span<int> rowSources = stackalloc int[lanes];
        Span<int> tokens = stackalloc int[lanes];
        Span<int> nextTokens = stackalloc int[lanes];
        SourceQueue queue = new(sourceLengths, targets, targetLengths, limit, stackalloc int[SourceQueue.Buckets]);
        for (int lane = 0; lane < lanes; lane++)
        {
            rowLanes[lane] = lane;
        }

        int rows = 0;
        while (true)
        {
            for (; rows < lanes && queue.TryTake(out int index, out Range ids); rows++)
            {
                decoder.Encode(sources[ids], rowLanes[rows]);
                rowSources[rows] = index;
                tokens[rows] = startToken;
            }

            if (rows == 0)
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
            decoder.NextTokens(tokens[..rows], rowLanes[..rows], nextTokens[..rows]);
            for (int row = rows - 1; row >= 0; row--)
            {
                int index = rowSources[row];
                int position = targetLengths[index]++;
                int token = nextTokens[row] >= 0 ? nextTokens[row] : throw new GenerationException(
                    $"No token can be chosen at position {position} of source {index}: the logits hold a NaN, or all of them are −∞. " +
                    "Check the weights (a model trained in 16 bits may overflow when its tensors are mixed up).");
                targets[(index * limit) + position] = token;
                tokens[row] = token;
                if (token == endToken || position + 1 == limit)
                {
                    // The last row takes this one's place, and the lane becomes free behind it.
                    rows--;
                    (rowLanes[row], rowLanes[rows]) = (rowLanes[rows], rowLanes[row]);
                    rowSources[row] = rowSources[rows];
                    tokens[row] = tokens[rows];
                }
            }
        }
    }
}
