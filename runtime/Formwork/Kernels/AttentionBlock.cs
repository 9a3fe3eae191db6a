using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="Attention.Encode"/> for a few rows of one head: scores of a stretch of keys as register tiles, the softmax of each row, then
/// the values of the same keys as register tiles. A stretch's scores stay in the caches nearest to the processor.
/// </summary>
internal static unsafe class AttentionBlock
{
    /// <summary>The most rows of a block on any instruction set.</summary>
    public const int MostRows = 18;

    /// <summary>The most keys that are scored before their values are summed: whole blocks.</summary>
    public const int Stretch = 512;

    /// <summary>Rows of a block: a few whole tiles. Their scores fill about the first-level cache.</summary>
    public static int RowsOf<V>()
        where V : unmanaged, ISimd<V> => V.Width switch
        {
            16 => 16,
            8 => MostRows,
            _ => 16,
        };

    /// <summary>Computes <paramref name="rows"/> rows of one head.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(in AttentionOperands operands, int head, nint first, int rows)
        where V : unmanaged, ISimd<V>
    {
        nint stride = Math.Min(operands.Capacity, Stretch);
        float* scores = stackalloc float[rows * (int)stride];
        RunningSoftmax* softmax = stackalloc RunningSoftmax[MostRows];
        nint headDim = operands.HeadDim;
        float* queries = operands.Queries + (first * operands.QueryStride) + (head * headDim);
        float* keys = operands.Keys + (head * operands.Capacity * headDim);
        float* values = operands.Values + (head * operands.Capacity * headDim);
        float* context = operands.Context + (first * operands.ContextStride) + (head * headDim);
        for (int row = 0; row < rows; row++)
        {
            softmax[row] = RunningSoftmax.Empty;
        }

        for (nint start = 0; start < operands.Length; start += Stretch)
        {
            nint count = Math.Min(operands.Length - start, Stretch);
            Scores<V>(operands, rows, queries, keys + (start * headDim), scores, stride, count);
            for (int row = 0; row < rows; row++)
            {
                float* own = scores + (row * stride);
                float earlier = softmax[row].Add<V>(own, count, operands.Biased<V>(own, head, first + row, start, count));
                if (start > 0 && earlier != 1)
                {
                    Multiply.Run<V>(context + (row * operands.ContextStride), headDim, earlier);
                }
            }

            Values<V>(operands, rows, scores, stride, values + (start * headDim), context, count, isFirst: start == 0);
        }

        for (int row = 0; row < rows; row++)
        {
            Multiply.Run<V>(context + (row * operands.ContextStride), headDim, softmax[row].Inverse);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scores<V>(in AttentionOperands operands, int rows, float* queries, float* keys, float* scores, nint stride, nint count)
        where V : unmanaged, ISimd<V>
    {
        for (nint t = 0; t < count; t += 2 * V.Width)
        {
            float* left = KeyAt(keys, t, operands.HeadDim);
            float* right = t + V.Width < count ? KeyAt(keys, t + V.Width, operands.HeadDim) : null;
            int first = 0;
            for (int tiles = Parts(rows, AttentionTile.MostRows<V>()); tiles > 0; tiles--)
            {
                int height = Parts(rows - first, tiles);
                AttentionTile.Run<V>(
                    height,
                    queries + (first * operands.QueryStride),
                    operands.QueryStride,
                    left,
                    right,
                    AttentionCache.PositionBlock,
                    operands.HeadDim,
                    scores + (first * stride) + t,
                    stride,
                    isFirst: true);
                first += height;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Values<V>(in AttentionOperands operands, int rows, float* terms, nint stride, float* values, float* context, nint count, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        nint column = 0;
        Columns<V>(operands, rows, terms, stride, values, context, count, ref column, isFirst);
        if (V.Width > Simd256.Width && column < operands.HeadDim)
        {
            Columns<Simd256>(operands, rows, terms, stride, values, context, count, ref column, isFirst);
        }

        if (V.Width > Simd128.Width && column < operands.HeadDim)
        {
            Columns<Simd128>(operands, rows, terms, stride, values, context, count, ref column, isFirst);
        }

        for (; column < operands.HeadDim; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                float* sum = context + (row * operands.ContextStride) + column;
                *sum = AttentionColumns.Dot(isFirst ? 0f : *sum, terms + (row * stride), values + column, count, operands.HeadDim);
            }
        }
    }

    /// <summary>The columns from <paramref name="column"/> on that fill registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<V>(
        in AttentionOperands operands, int rows, float* terms, nint stride, float* values, float* context, nint count, ref nint column, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        while (column <= operands.HeadDim - V.Width)
        {
            bool isWide = column <= operands.HeadDim - (2 * V.Width);
            float* left = values + column;
            int first = 0;
            for (int tiles = Parts(rows, AttentionTile.MostRows<V>()); tiles > 0; tiles--)
            {
                int height = Parts(rows - first, tiles);
                AttentionTile.Run<V>(
                    height,
                    terms + (first * stride),
                    stride,
                    left,
                    isWide ? left + V.Width : null,
                    operands.HeadDim,
                    count,
                    context + (first * operands.ContextStride) + column,
                    operands.ContextStride,
                    isFirst);
                first += height;
            }

            column += isWide ? 2 * V.Width : V.Width;
        }
    }

    private static float* KeyAt(float* keys, nint position, nint headDim) =>
        keys + (position / AttentionCache.PositionBlock * AttentionCache.PositionBlock * headDim) + (position % AttentionCache.PositionBlock);

    /// <summary>Rows are shared out evenly, so that no tile is left with a poor remainder: nine rows are five and four, never eight and one.</summary>
    private static int Parts(int whole, int most) => (whole + most - 1) / most;
}
