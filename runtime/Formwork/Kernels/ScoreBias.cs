using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Scales a query's scores and adds a bias to each.</summary>
internal static unsafe class ScoreBias
{
    /// <summary><c>scores = scale · scores + bias</c>; both are read and written up to a whole register past <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<V>(float* scores, float* bias, nint count, float scale)
        where V : unmanaged, ISimd<V>
    {
        V factor = V.Broadcast(scale);
        for (nint t = 0; t < count; t += V.Width)
        {
            V.Store(scores + t, V.MultiplyAdd(V.Load(scores + t), factor, V.Load(bias + t)));
        }
    }
}
