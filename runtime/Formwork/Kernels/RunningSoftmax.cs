using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// The softmax of one row of scores that come a stretch at a time. Terms are relative to the largest score so far; where a later stretch
/// holds a larger one, what was summed before is scaled down.
/// </summary>
internal unsafe struct RunningSoftmax
{
    private float _max;
    private float _sum;

    /// <summary>No scores yet.</summary>
    public static RunningSoftmax Empty => new() { _max = float.NegativeInfinity };

    /// <summary>What turns the terms into weights that sum to 1; 0 where every score was −∞.</summary>
    public readonly float Inverse => _sum == 0 ? 0f : 1f / _sum;

    /// <summary>
    /// Replaces each score by <c>e^(scale · (score − max))</c> and adds it to the sum. There must be room for <paramref name="count"/>
    /// rounded up to a register: what is past the count is read, ignored, and becomes 0.
    /// </summary>
    /// <returns>The factor that everything weighed with earlier terms must be multiplied by.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float Add<V>(float* scores, nint count, float scale)
        where V : unmanaged, ISimd<V>
    {
        V nothing = V.Broadcast(float.NegativeInfinity);
        V largest = V.Broadcast(_max);
        nint whole = count - V.Width;
        nint i = 0;
        for (; i <= whole; i += V.Width)
        {
            // The new value comes first: on x86 a NaN there leaves the maximum so far standing, and shows in the sum.
            largest = V.Max(V.Load(scores + i), largest);
        }

        if (i < count)
        {
            V rest = V.KeepFirst(V.Load(scores + i), count - i, nothing);
            V.Store(scores + i, rest);
            largest = V.Max(rest, largest);
        }

        float max = V.MaxLane(largest);

        // −∞ − −∞ would be NaN; with nothing subtracted, all −∞ come out as zeros.
        V shift = V.Broadcast(float.IsNegativeInfinity(max) ? 0f : -max * scale);
        V factor = V.Broadcast(scale);
        V sum = V.Zero;
        for (i = 0; i < count; i += V.Width)
        {
            V term = Exponential.Of(V.MultiplyAdd(V.Load(scores + i), factor, shift));
            V.Store(scores + i, term);
            sum += term;
        }

        float earlier = max == _max ? 1f : Earlier<V>(max, scale);
        _sum = (_sum * earlier) + V.SumSingle(sum);
        _max = max;
        return earlier;
    }

    private readonly float Earlier<V>(float max, float scale)
        where V : unmanaged, ISimd<V> =>
        float.IsNegativeInfinity(_max) ? 0f : V.MaxLane(Exponential.Of(V.Broadcast((_max - max) * scale)));
}
