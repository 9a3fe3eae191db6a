using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>
/// Scaled dot-product attention for one query and one head, from "Attention Is All You Need" (Vaswani et al., 2017), equation 1: scores,
/// then <see cref="Softmax"/>, then the weighted sum. The keys and values lie as <see cref="AttentionCache"/> says. The order of additions
/// depends on the head's dimension alone, never on how many positions there are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Attention
{
    /// <summary><c>scores[t] = scale · Σⱼ query[j] · key[t][j]</c> for t &lt; length.</summary>
    /// <param name="query">Query [headDim]; not empty.</param>
    /// <param name="keys">One head's keys [blocks][headDim][16], at least as many blocks as hold <paramref name="length"/> positions.</param>
    /// <param name="scale">The factor, 1 / √headDim in most families.</param>
    /// <param name="scores">Result, with room for <paramref name="length"/> rounded up to 16; what is past length is unspecified afterwards.</param>
    /// <param name="length">Positions to score; not negative.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static void Scores(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, float scale, Span<float> scores, int length)
    {
        int padded = AttentionCache.Capacity(length);
        ShapeGate.AtLeast(1, query.Length, nameof(query), "headDim");
        ShapeGate.AtLeast((long)padded * query.Length, keys.Length, nameof(keys), "length rounded up to 16, times headDim");
        ShapeGate.AtLeast(padded, scores.Length, nameof(scores), "length rounded up to 16");

        fixed (float* queryPointer = query, keysPointer = keys, scoresPointer = scores)
        {
            if (Simd.UseAvx512)
            {
                AttentionScores.Run<Simd512>(queryPointer, keysPointer, scale, scoresPointer, length, query.Length);
            }
            else if (Simd.UseAvx2)
            {
                AttentionScores.Run<Simd256>(queryPointer, keysPointer, scale, scoresPointer, length, query.Length);
            }
            else
            {
                AttentionScores.Run<Simd128>(queryPointer, keysPointer, scale, scoresPointer, length, query.Length);
            }
        }
    }

    /// <summary><c>context[j] = Σₜ weights[t] · values[t][j]</c> for t &lt; length.</summary>
    /// <param name="weights">Weights, at least <paramref name="length"/> of them.</param>
    /// <param name="values">One head's values [positions][headDim], at least <paramref name="length"/> positions.</param>
    /// <param name="context">Result [headDim]; its length says what headDim is. Must not overlap the other spans.</param>
    /// <param name="length">Positions to sum over; not negative; with 0 the result is zero.</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static void WeightedSum(ReadOnlySpan<float> weights, ReadOnlySpan<float> values, Span<float> context, int length)
    {
        ShapeGate.Within(0, int.MaxValue, length, nameof(length));
        ShapeGate.AtLeast(length, weights.Length, nameof(weights), "length");
        ShapeGate.AtLeast((long)length * context.Length, values.Length, nameof(values), "length · headDim");

        fixed (float* weightsPointer = weights, valuesPointer = values, contextPointer = context)
        {
            // A head narrower than a register takes the widest register it does fill.
            int headDim = context.Length;
            if (Simd.UseAvx512 && headDim >= Simd512.Width)
            {
                AttentionWeightedSum.Run<Simd512>(weightsPointer, valuesPointer, contextPointer, length, headDim);
            }
            else if (Simd.UseAvx2 && headDim >= Simd256.Width)
            {
                AttentionWeightedSum.Run<Simd256>(weightsPointer, valuesPointer, contextPointer, length, headDim);
            }
            else if (headDim >= Simd128.Width)
            {
                AttentionWeightedSum.Run<Simd128>(weightsPointer, valuesPointer, contextPointer, length, headDim);
            }
            else
            {
                AttentionWeightedSum.Narrow(weightsPointer, valuesPointer, contextPointer, length, headDim);
            }
        }
    }
}
