using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>Projections whose weights become floats: picks the kernel of the instruction set.</summary>
internal static unsafe class FloatLinear
{
    public static void Run<TFormat, TEpilogue>(LinearJob* job, Workers? workers)
        where TFormat : unmanaged, IFloatFormat
        where TEpilogue : struct, IEpilogue
    {
        if (Simd.UseAvx512)
        {
            PanelRange.Run<FloatPanels<Simd512, TFormat, TEpilogue>>(job, workers);
        }
        else if (Simd.UseAvx2)
        {
            PanelRange.Run<FloatPanels<Simd256, TFormat, TEpilogue>>(job, workers);
        }
        else
        {
            PanelRange.Run<FloatPanels<Simd128, TFormat, TEpilogue>>(job, workers);
        }
    }
}
