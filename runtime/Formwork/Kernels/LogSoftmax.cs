using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Log-probabilities from logits. Every method is within 10⁻⁶ · max(1, |result|) of the formula in exact arithmetic.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class LogSoftmax
{
    /// <summary>
    /// <c>log Σᵢ e^logits[i]</c>, computed around the largest logit. −∞ if there are no logits or all are −∞, +∞ if one is +∞, NaN if any is NaN.
    /// </summary>
    /// <param name="logits">Logits [vocabulary].</param>
    public static float LogSumExp(ReadOnlySpan<float> logits) => (float)Normalizer(logits);

    /// <summary><c>logits[token] − log Σᵢ e^logits[i]</c>: the log-probability of <paramref name="token"/>.</summary>
    /// <param name="logits">Logits [vocabulary].</param>
    /// <param name="token">0 .. vocabulary − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not in the vocabulary.</exception>
    public static float At(ReadOnlySpan<float> logits, int token)
    {
        ShapeGate.Within(0, logits.Length - 1, token, nameof(token));
        return (float)(logits[token] - Normalizer(logits));
    }

    /// <summary><c>log Σᵢ e^logits[i]</c> as <see cref="LogSumExp"/>, before it is rounded.</summary>
    internal static double Normalizer(ReadOnlySpan<float> logits)
    {
        fixed (float* pointer = logits)
        {
            return Simd.UseAvx512 ? Run<Simd512>(pointer, logits.Length)
                : Simd.UseAvx2 ? Run<Simd256>(pointer, logits.Length)
                : Run<Simd128>(pointer, logits.Length);
        }
    }

    /// <summary><c>logits[i] − normalizer</c> in place, for every token: log-probabilities.</summary>
    internal static void Subtract(Span<float> logits, double normalizer)
    {
        fixed (float* pointer = logits)
        {
            if (Simd.UseAvx512)
            {
                Subtract<Simd512>(pointer, logits.Length, (float)normalizer);
            }
            else if (Simd.UseAvx2)
            {
                Subtract<Simd256>(pointer, logits.Length, (float)normalizer);
            }
            else
            {
                Subtract<Simd128>(pointer, logits.Length, (float)normalizer);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract<V>(float* x, nint length, float value)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(value);
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V.Store(x + i, V.Load(x + i) - everywhere);
        }

        for (; i < length; i++)
        {
            x[i] -= value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<V>(float* logits, nint length)
        where V : unmanaged, ISimd<V>
    {
        float max = Maximum.Of<V>(logits, length);

        // Around an infinity every difference would be NaN or −∞; around zero the infinities, and NaN, come out as they should.
        float shift = float.IsFinite(max) ? max : 0f;
        return shift + Math.Log(ExponentialSum.Of<V>(logits, length, shift));
    }
}
