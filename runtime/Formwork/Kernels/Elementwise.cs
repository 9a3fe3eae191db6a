using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>A function of one number, for a register of them.</summary>
internal interface IElementwise
{
    /// <summary>The function of each lane.</summary>
    static abstract V Of<V>(V x)
        where V : unmanaged, ISimd<V>;
}

/// <summary>Applies an <see cref="IElementwise"/> function to every value of a span, in place.</summary>
internal static unsafe class Elementwise
{
    public static void Apply<TFunction>(Span<float> x)
        where TFunction : struct, IElementwise
    {
        fixed (float* pointer = x)
        {
            if (Simd.UseAvx512)
            {
                Run<TFunction, Simd512>(pointer, x.Length);
            }
            else if (Simd.UseAvx2)
            {
                Run<TFunction, Simd256>(pointer, x.Length);
            }
            else
            {
                Run<TFunction, Simd128>(pointer, x.Length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TFunction, V>(float* x, nint length)
        where TFunction : struct, IElementwise
        where V : unmanaged, ISimd<V>
    {
        nint i = 0;
        for (; i <= length - V.Width; i += V.Width)
        {
            V.Store(x + i, TFunction.Of(V.Load(x + i)));
        }

        if (i < length)
        {
            Partial.Store(x + i, TFunction.Of(Partial.Load<V>(x + i, length - i, 0f)), length - i);
        }
    }
}
