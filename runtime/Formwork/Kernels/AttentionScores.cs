using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>One query's scores, not yet scaled: a register of positions at a time, each lane its own position's sum.</summary>
internal static unsafe class AttentionScores
{
    /// <summary>
    /// <c>scores[t] = Σⱼ query[j] · key[t][j]</c> for t &lt; <paramref name="length"/>. Four partial sums over j, by j mod 4, keep the
    /// multiply-adds from waiting on each other even where there are few positions. Lanes past the length, up to a whole register, are
    /// computed like the others and may come out as anything: no lane reads another.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(float* query, float* keys, float* scores, nint length, nint headDim)
        where V : unmanaged, ISimd<V>
    {
        const int Block = AttentionCache.PositionBlock;
        for (nint t = 0; t < length; t += V.Width)
        {
            float* key = keys + (t / Block * Block * headDim) + (t % Block);
            V sum0 = V.Zero;
            V sum1 = V.Zero;
            V sum2 = V.Zero;
            V sum3 = V.Zero;
            nint j = 0;
            for (; j <= headDim - 4; j += 4, key += 4 * Block)
            {
                sum0 = V.MultiplyAdd(V.Broadcast(query[j]), V.Load(key), sum0);
                sum1 = V.MultiplyAdd(V.Broadcast(query[j + 1]), V.Load(key + Block), sum1);
                sum2 = V.MultiplyAdd(V.Broadcast(query[j + 2]), V.Load(key + (2 * Block)), sum2);
                sum3 = V.MultiplyAdd(V.Broadcast(query[j + 3]), V.Load(key + (3 * Block)), sum3);
            }

            for (; j < headDim; j++, key += Block)
            {
                sum0 = V.MultiplyAdd(V.Broadcast(query[j]), V.Load(key), sum0);
            }

            V.Store(scores + t, sum0 + sum1 + (sum2 + sum3));
        }
    }
}
