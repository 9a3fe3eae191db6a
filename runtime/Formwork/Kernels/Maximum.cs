using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The largest value of a span.</summary>
internal static unsafe class Maximum
{
    /// <summary>The largest value; −∞ if there is none. Whether NaN shows in the result is unspecified; no other value is lost to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Of<V>(float* x, nint length)
        where V : unmanaged, ISimd<V>
    {
        V max = V.Broadcast(float.NegativeInfinity);
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            // The new value comes first: on x86 a NaN there leaves the maximum so far standing.
            max = V.Max(V.Load(x + i), max);
        }

        if (i < length)
        {
            max = V.Max(Partial.Load<V>(x + i, length - i, float.NegativeInfinity), max);
        }

        return V.MaxLane(max);
    }
}
