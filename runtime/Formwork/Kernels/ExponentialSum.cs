using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <c>Σₜ e^(x[t] − shift)</c>, the denominator of a softmax over a vocabulary. Sums are kept in single precision for a short block and then in double, so a
/// vocabulary of any size adds no error of its own to that of the exponential.
/// </summary>
internal static unsafe class ExponentialSum
{
    private const int Block = 256;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of<V>(float* x, nint length, float shift)
        where V : unmanaged, ISimd<V>
    {
        V everywhere = V.Broadcast(shift);
        double total = 0;
        nint i = 0;
        while (i <= length - V.Width)
        {
            V sum = V.Zero;
            for (nint end = Math.Min(i + Block, length) - V.Width; i <= end; i += V.Width)
            {
                sum += Exponential.Of(V.Load(x + i) - everywhere);
            }

            total += V.Sum(sum);
        }

        if (i < length)
        {
            total += V.Sum(Exponential.Of(Partial.Load<V>(x + i, length - i, float.NegativeInfinity) - everywhere));
        }

        return total;
    }
}
