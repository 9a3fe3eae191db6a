using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The choice that greedy decoding makes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ArgMax
{
    /// <summary>The lowest index of the largest logit; −1 if there is no choice: no logits, one that is NaN, or all of them −∞.</summary>
    /// <param name="logits">Logits [vocabulary].</param>
    public static int Of(ReadOnlySpan<float> logits)
    {
        fixed (float* pointer = logits)
        {
            return Simd.UseAvx512 ? Run<Simd512>(pointer, logits.Length)
                : Simd.UseAvx2 ? Run<Simd256>(pointer, logits.Length)
                : Run<Simd128>(pointer, logits.Length);
        }
    }

    /// <summary>Finds the first of the largest values, if it is above <paramref name="least"/>; false if one is NaN.</summary>
    internal static bool TryFind(float* values, int length, float least, out int index, out float largest) =>
        Simd.UseAvx512 ? TryFind<Simd512>(values, length, least, out index, out largest)
        : Simd.UseAvx2 ? TryFind<Simd256>(values, length, least, out index, out largest)
        : TryFind<Simd128>(values, length, least, out index, out largest);

    private static bool TryFind<V>(float* values, int length, float least, out int index, out float largest)
        where V : unmanaged, ISimd<V>
    {
        index = -1;
        largest = least;
        if (HasNaN<V>(values, length))
        {
            return false;
        }

        float max = Maximum.Of<V>(values, length);
        if (max > least)
        {
            largest = max;
            index = (int)FirstOf<V>(values, length, max);
        }

        return true;
    }

    private static int Run<V>(float* logits, int length)
        where V : unmanaged, ISimd<V>
    {
        if (HasNaN<V>(logits, length))
        {
            return -1;
        }

        float max = Maximum.Of<V>(logits, length);
        return float.IsNegativeInfinity(max) ? -1 : (int)FirstOf<V>(logits, length, max);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasNaN<V>(float* x, nint length)
        where V : unmanaged, ISimd<V>
    {
        uint all = (1u << V.Width) - 1;
        uint numbers = all;
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V lanes = V.Load(x + i);
            numbers &= V.EqualLanes(lanes, lanes);
        }

        bool found = numbers != all;
        for (; i < length; i++)
        {
            found |= float.IsNaN(x[i]);
        }

        return found;
    }

    /// <summary>The first place of a value that is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint FirstOf<V>(float* x, nint length, float value)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(value);
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            uint equal = V.EqualLanes(V.Load(x + i), everywhere);
            if (equal != 0)
            {
                return i + BitOperations.TrailingZeroCount(equal);
            }
        }

        while (x[i] != value)
        {
            i++;
        }

        return i;
    }
}
