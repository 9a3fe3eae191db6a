using System.ComponentModel;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>
/// Scaled dot-product attention, from "Attention Is All You Need" (Vaswani et al., 2017), equation 1: per head
/// <c>context = Σₜ e^(sₜ − max s) · valueₜ / Σₜ e^(sₜ − max s)</c> with <c>sₜ = scale · query · keyₜ</c>, plus a <see cref="RelativeBias"/> in some families. The keys and values lie as
/// <see cref="AttentionCache"/> says. Scores are never kept: a stretch of keys is scored, weighed and summed before the next, and what was
/// summed so far is scaled down where a later stretch holds a larger score ("Online normalizer calculation for softmax", Milakov and
/// Gimelshein, 2018). The kernels' own stack is therefore the same whatever the length: <see cref="DecodeStackBytes"/> and
/// <see cref="EncodeStackBytes"/>.
/// </summary>
/// <remarks>
/// Where every score of a head is −∞ its context is 0; a score that is NaN or +∞ makes the head's context NaN.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Attention
{
    /// <summary>The most bytes of stack that <see cref="Decode"/> takes for scores.</summary>
    public const int DecodeStackBytes = AttentionRow.Stretch * sizeof(float);

    /// <summary>The most bytes of stack that <see cref="Encode"/> takes for scores, on every thread that works on it; less for short sources.</summary>
    public const int EncodeStackBytes = AttentionBlock.MostRows * AttentionBlock.Stretch * sizeof(float);

    /// <summary>Attends with one query, all heads.</summary>
    /// <param name="query">Query [heads, headDim].</param>
    /// <param name="keys">Keys [heads][capacity / 16][headDim][16].</param>
    /// <param name="values">Values [heads][capacity][headDim].</param>
    /// <param name="context">Result [heads, headDim]; must not overlap the other spans.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="AttentionCache.Capacity"/>.</param>
    /// <param name="length">Positions that count, the first of the cache; 1 to <paramref name="capacity"/>.</param>
    /// <param name="scale">Positive; 1 / √headDim in most families.</param>
    /// <param name="weights">
    /// Empty, or receives how much each position counts [recorded heads, capacity], 1 in all for a head; what is past
    /// <paramref name="length"/> is unspecified afterwards. The context has the same bits either way.
    /// </param>
    /// <param name="recordedHeads">The heads whose weights are wanted, ascending; empty for every head.</param>
    /// <param name="bias">What is added to the scaled scores, or nothing; the query stands at the last position that counts.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or the scale is outside its range, or a recorded head is, or is not above the one before it, or the biases do not reach every key.</exception>
    public static void Decode(
        ReadOnlySpan<float> query,
        ReadOnlySpan<float> keys,
        ReadOnlySpan<float> values,
        Span<float> context,
        int heads,
        int headDim,
        int capacity,
        int length,
        float scale,
        Span<float> weights = default,
        ReadOnlySpan<int> recordedHeads = default,
        RelativeBias bias = default)
    {
        CheckCache(keys.Length, values.Length, heads, headDim, capacity, length, scale);
        ShapeGate.Exactly((long)heads * headDim, query.Length, nameof(query), "heads · headDim");
        ShapeGate.Exactly((long)heads * headDim, context.Length, nameof(context), "heads · headDim");
        CheckRecording(weights.Length, recordedHeads, heads, capacity);
        CheckBias(bias, heads, length - 1, 1, length);

        fixed (float* queryPointer = query, keysPointer = keys, valuesPointer = values, contextPointer = context, weightsPointer = weights, biasPointer = bias.Table)
        fixed (int* recordedHeadsPointer = recordedHeads)
        {
            AttentionOperands operands = new()
            {
                Queries = queryPointer,
                Keys = keysPointer,
                Values = valuesPointer,
                Context = contextPointer,
                Weights = weightsPointer,
                RecordedHeads = recordedHeadsPointer,
                RecordedHeadCount = recordedHeads.Length,
                Rows = 1,
                Heads = heads,
                HeadDim = headDim,
                Capacity = capacity,
                Length = length,
                Scale = scale,
                Bias = biasPointer == null ? null : biasPointer + bias.Origin - (length - 1),
                BiasStride = bias.Stride,
            };
            if (Simd.UseAvx512)
            {
                AttentionRow.Run<Simd512>(operands);
            }
            else if (Simd.UseAvx2)
            {
                AttentionRow.Run<Simd256>(operands);
            }
            else
            {
                AttentionRow.Run<Simd128>(operands);
            }
        }
    }

    /// <summary>Attends with many queries, all heads. A row gives the same bits alone as among others, and on any number of threads.</summary>
    /// <param name="workers">Threads to share the work with, or null.</param>
    /// <param name="queries">The rows' queries [heads, headDim], <paramref name="queryStride"/> floats apart; may go on behind the last.</param>
    /// <param name="queryStride">At least heads · headDim.</param>
    /// <param name="keys">Keys [heads][capacity / 16][headDim][16].</param>
    /// <param name="values">Values [heads][capacity][headDim].</param>
    /// <param name="context">Result [rows, heads, headDim]; must not overlap the other spans.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="AttentionCache.Capacity"/>.</param>
    /// <param name="length">Positions that count, the first of the cache; 1 to <paramref name="capacity"/>.</param>
    /// <param name="scale">Positive; 1 / √headDim in most families.</param>
    /// <param name="bias">What is added to the scaled scores, or nothing; the first row's query stands at position 0.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or the scale is outside its range, or the biases do not reach every key.</exception>
    public static void Encode(
        Workers? workers,
        ReadOnlySpan<float> queries,
        int queryStride,
        ReadOnlySpan<float> keys,
        ReadOnlySpan<float> values,
        Span<float> context,
        int rows,
        int heads,
        int headDim,
        int capacity,
        int length,
        float scale,
        RelativeBias bias = default)
    {
        CheckCache(keys.Length, values.Length, heads, headDim, capacity, length, scale);
        ShapeGate.Within(0, int.MaxValue, rows, nameof(rows));
        int width = AttentionCache.CheckRows(queries.Length, nameof(queries), queryStride, nameof(queryStride), rows, heads, headDim);
        ShapeGate.Exactly((long)rows * width, context.Length, nameof(context), "rows · heads · headDim");
        CheckBias(bias, heads, 0, rows, length);

        fixed (float* queriesPointer = queries, keysPointer = keys, valuesPointer = values, contextPointer = context, biasPointer = bias.Table)
        {
            AttentionOperands operands = new()
            {
                Queries = queriesPointer,
                QueryStride = queryStride,
                Keys = keysPointer,
                Values = valuesPointer,
                Context = contextPointer,
                ContextStride = width,
                Rows = rows,
                Heads = heads,
                HeadDim = headDim,
                Capacity = capacity,
                Length = length,
                Scale = scale,
                Bias = biasPointer == null ? null : biasPointer + bias.Origin,
                BiasStride = bias.Stride,
            };
            if (Simd.UseAvx512)
            {
                AttentionRows.Run<Simd512>(workers, operands);
            }
            else if (Simd.UseAvx2)
            {
                AttentionRows.Run<Simd256>(workers, operands);
            }
            else
            {
                AttentionRows.Run<Simd128>(workers, operands);
            }
        }
    }

    private static void CheckBias(RelativeBias bias, int heads, int firstQuery, int queries, int length)
    {
        if (!bias.Table.IsEmpty)
        {
            bias.Check(heads, firstQuery, queries, length);
        }
    }

    private static void CheckRecording(int weights, ReadOnlySpan<int> recordedHeads, int heads, int capacity)
    {
        if (recordedHeads.IsEmpty)
        {
            if (weights > 0)
            {
                ShapeGate.Exactly((long)heads * capacity, weights, nameof(weights), "heads · capacity, unless empty");
            }

            return;
        }

        int lowest = 0;
        foreach (int head in recordedHeads)
        {
            ShapeGate.Within(lowest, heads - 1, head, nameof(recordedHeads));
            lowest = head + 1;
        }

        ShapeGate.Exactly((long)recordedHeads.Length * capacity, weights, nameof(weights), "recorded heads · capacity");
    }

    private static void CheckCache(int keys, int values, int heads, int headDim, int capacity, int length, float scale)
    {
        AttentionCache.CheckShape(heads, headDim, capacity);
        long floats = (long)heads * headDim * capacity;
        ShapeGate.Exactly(floats, keys, nameof(keys), "heads · headDim · capacity");
        ShapeGate.Exactly(floats, values, nameof(values), "heads · headDim · capacity");
        ShapeGate.Within(1, capacity, length, nameof(length));
        ShapeGate.Positive(scale, nameof(scale));
    }
}
