using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <c>Σₜ e^(x[t] − shift)</c>, the denominator of a softmax. Sums are kept in single precision for a short block and then in double, so a
/// vocabulary of any size adds no error of its own to that of the exponential.
/// </summary>
internal static unsafe class ExponentialSum
{
    private const int Block = 256;

    /// <summary>The sum alone.</summary>
    public static double Of<V>(float* x, nint length, float shift)
        where V : unmanaged, ISimd<V> => Run<V, Drop>(x, length, shift);

    /// <summary>The sum; each term also replaces its <paramref name="x"/>.</summary>
    public static double OfStored<V>(float* x, nint length, float shift)
        where V : unmanaged, ISimd<V> => Run<V, Keep>(x, length, shift);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Run<V, TTerms>(float* x, nint length, float shift)
        where V : unmanaged, ISimd<V>
        where TTerms : struct, ITerms
    {
        V everywhere = V.Broadcast(shift);
        double total = 0;
        nint i = 0;
        while (i <= length - V.Width)
        {
            V sum = V.Zero;
            for (nint end = Math.Min(i + Block, length) - V.Width; i <= end; i += V.Width)
            {
                V term = Exponential.Of(V.Load(x + i) - everywhere);
                sum += term;
                if (TTerms.Stored)
                {
                    V.Store(x + i, term);
                }
            }

            total += V.Sum(sum);
        }

        if (i < length)
        {
            V term = Exponential.Of(Partial.Load<V>(x + i, length - i, float.NegativeInfinity) - everywhere);
            total += V.Sum(term);
            if (TTerms.Stored)
            {
                Partial.Store(x + i, term, length - i);
            }
        }

        return total;
    }

    /// <summary>What becomes of the terms: a constant to the compiler.</summary>
    private interface ITerms
    {
        static abstract bool Stored { get; }
    }

    private readonly struct Keep : ITerms
    {
        public static bool Stored => true;
    }

    private readonly struct Drop : ITerms
    {
        public static bool Stored => false;
    }
}
