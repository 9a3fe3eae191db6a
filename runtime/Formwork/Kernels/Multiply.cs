using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>A span times a number, in place.</summary>
internal static unsafe class Multiply
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(float* x, nint length, float factor)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(factor);
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V.Store(x + i, V.Load(x + i) * everywhere);
        }

        for (; i < length; i++)
        {
            x[i] *= factor;
        }
    }
}
