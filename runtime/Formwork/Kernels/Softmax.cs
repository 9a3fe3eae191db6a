using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The weights that attention gives its positions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Softmax
{
    /// <summary>
    /// <c>scores[t] = e^(scores[t] − max) / Σᵢ e^(scores[i] − max)</c>, in place. A score of −∞ (a masked position) gives 0, and so do all of
    /// them where there is no other; NaN or +∞ anywhere gives NaN everywhere.
    /// </summary>
    /// <param name="scores">Scores of any length; empty does nothing.</param>
    public static void Apply(Span<float> scores)
    {
        fixed (float* pointer = scores)
        {
            if (Simd.UseAvx512)
            {
                Run<Simd512>(pointer, scores.Length);
            }
            else if (Simd.UseAvx2)
            {
                Run<Simd256>(pointer, scores.Length);
            }
            else
            {
                Run<Simd128>(pointer, scores.Length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<V>(float* scores, nint length)
        where V : unmanaged, ISimd<V>
    {
        float max = Maximum.Of<V>(scores, length);

        // −∞ − −∞ would be NaN; with nothing subtracted, all −∞ come out as zeros.
        double sum = ExponentialSum.OfStored<V>(scores, length, float.IsNegativeInfinity(max) ? 0f : max);
        float inverse = sum == 0 ? 0f : (float)(1 / sum);

        V scale = V.Broadcast(inverse);
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V.Store(scores + i, V.Load(scores + i) * scale);
        }

        for (; i < length; i++)
        {
            scores[i] *= inverse;
        }
    }
}
