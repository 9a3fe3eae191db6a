using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="Attention.Decode"/>: head by head, a stretch of keys at a time. The order of additions follows from the head's width and the
/// number of keys alone.
/// </summary>
internal static unsafe class AttentionRow
{
    /// <summary>Keys that are scored before their values are summed: whole blocks, few enough for the stack.</summary>
    public const int Stretch = 1024;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(in AttentionOperands operands)
        where V : unmanaged, ISimd<V>
    {
        float* scores = stackalloc float[(int)Math.Min(operands.Capacity, Stretch)];
        nint headDim = operands.HeadDim;
        nint perHead = operands.Capacity * headDim;
        float* query = operands.Queries;
        float* keys = operands.Keys;
        float* values = operands.Values;
        float* context = operands.Context;
        float* nextWeights = operands.Weights;
        int* recorded = operands.RecordedHeads;
        int* recordedEnd = recorded + operands.RecordedHeadCount;
        for (int head = 0; head < operands.Heads; head++)
        {
            // Where the weights are wanted they are computed in their place rather than in scratch.
            bool isRecorded = recorded == null || (recorded < recordedEnd && *recorded == head);
            float* weights = isRecorded ? nextWeights : null;
            RunningSoftmax softmax = RunningSoftmax.Empty;
            for (nint start = 0; start < operands.Length; start += Stretch)
            {
                nint count = Math.Min(operands.Length - start, Stretch);
                float* terms = weights == null ? scores : weights + start;
                AttentionScores.Run<V>(query, keys + (start * headDim), terms, count, headDim);
                float earlier = softmax.Add<V>(terms, count, operands.Biased<V>(terms, head, query: 0, start, count));
                if (start > 0 && earlier != 1)
                {
                    Multiply.Run<V>(context, headDim, earlier);
                    Multiply.Run<V>(weights, weights == null ? 0 : start, earlier);
                }

                AttentionColumns.Run<V>(terms, values + (start * headDim), context, count, headDim, isFirst: start == 0);
            }

            Multiply.Run<V>(context, headDim, softmax.Inverse);
            if (weights != null)
            {
                Multiply.Run<V>(weights, operands.Length, softmax.Inverse);
                nextWeights += operands.Capacity;
                recorded += recorded == null ? 0 : 1;
            }

            query += headDim;
            context += headDim;
            keys += perHead;
            values += perHead;
        }
    }
}
