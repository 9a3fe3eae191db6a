using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The checked and pinned arguments of <see cref="Attention"/>.</summary>
internal unsafe struct AttentionOperands
{
    /// <summary>Queries: rows <see cref="QueryStride"/> floats apart, each [heads, headDim].</summary>
    public float* Queries;
    public nint QueryStride;

    /// <summary>Keys [heads][capacity / 16][headDim][16].</summary>
    public float* Keys;

    /// <summary>Values [heads][capacity][headDim].</summary>
    public float* Values;

    /// <summary>Results: rows <see cref="ContextStride"/> floats apart, each [heads, headDim].</summary>
    public float* Context;
    public nint ContextStride;

    /// <summary>Receives the softmax's weights [recorded heads, capacity] of a single query; null where nobody wants them.</summary>
    public float* Weights;

    /// <summary>The heads whose weights are wanted, ascending; null for every head.</summary>
    public int* RecordedHeads;
    public int RecordedHeadCount;

    public int Rows;
    public int Heads;
    public nint HeadDim;
    public nint Capacity;

    /// <summary>Keys that count.</summary>
    public nint Length;

    public float Scale;

    /// <summary>What is added to the scaled scores: for a head's query 0 and key 0, heads <see cref="BiasStride"/> floats apart; null for nothing. A
    /// later query's begin one float earlier.</summary>
    public float* Bias;
    public nint BiasStride;

    /// <summary>Scales a stretch of scores and adds its biases where there are any.</summary>
    /// <returns>What the scores are still to be multiplied by.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Biased<V>(float* scores, nint head, nint query, nint start, nint count)
        where V : unmanaged, ISimd<V>
    {
        if (Bias == null)
        {
            return Scale;
        }

        ScoreBias.Add<V>(scores, Bias + (head * BiasStride) + start - query, count, Scale);
        return 1f;
    }
}
