using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>Projections with quantised weights: quantises a block of rows, then lets the instruction set's kernel have the panels.</summary>
internal static unsafe class QuantizedLinear
{
    public static void Run<TFormat, TEpilogue>(LinearJob* job, Workers? workers)
        where TFormat : unmanaged, IQuantizedFormat
        where TEpilogue : struct, IEpilogue
    {
        if (Simd.UseAvx512)
        {
            Run<TFormat, Simd512, Integers512, TEpilogue>(job, workers);
        }
        else if (Simd.UseAvx2)
        {
            Run<TFormat, Simd256, Integers256, TEpilogue>(job, workers);
        }
        else
        {
            Run<TFormat, Simd128, Integers128, TEpilogue>(job, workers);
        }
    }

    [SkipLocalsInit]
    private static void Run<TFormat, V, I, TEpilogue>(LinearJob* job, Workers? workers)
        where TFormat : unmanaged, IQuantizedFormat
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        nint rowBytes = TFormat.RowBytes(job->Inputs);
        int startsOfRow = TFormat.StartsOf(job->Inputs);
        int most = QuantizedActivations.BlockRows(job->Rows, rowBytes);
        byte* values = stackalloc byte[(int)(most * rowBytes)];
        float* scales = stackalloc float[most];
        int* starts = stackalloc int[most * startsOfRow];
        job->Quantized = new() { Ones = 0x00010001, Values = values, Stride = rowBytes, Scales = scales, Starts = starts };

        int left = job->Rows;
        for (int blocks = Rows.Parts(left, most); blocks > 0; blocks--)
        {
            job->Rows = Rows.Next(left, blocks);
            for (int row = 0; row < job->Rows; row++)
            {
                float* x = job->X + (row * job->Inputs);
                scales[row] = QuantizedActivations.Scale<V>(x, job->Inputs, out float inverse);
                TFormat.Quantize<V, I>(x, job->Inputs, inverse, values + (row * rowBytes), starts + (row * startsOfRow));
            }

            PanelRange.Run<QuantizedPanels<TFormat, V, I, TEpilogue>>(job, workers);
            job->X += job->Rows * job->Inputs;
            job->Y += job->Rows * job->Stride;
            left -= job->Rows;
        }
    }
}
