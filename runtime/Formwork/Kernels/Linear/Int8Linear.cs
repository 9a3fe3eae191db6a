using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>Projections with 8-bit weights: quantises a block of rows, then lets the instruction set's kernel have the panels.</summary>
internal static unsafe class Int8Linear
{
    public static void Run<TEpilogue>(LinearJob* job, Workers? workers)
        where TEpilogue : struct, IEpilogue
    {
        if (Simd.UseAvx512)
        {
            Run<Simd512, Integers512, TEpilogue>(job, workers);
        }
        else if (Simd.UseAvx2)
        {
            Run<Simd256, Integers256, TEpilogue>(job, workers);
        }
        else
        {
            Run<Simd128, Integers128, TEpilogue>(job, workers);
        }
    }

    [SkipLocalsInit]
    private static void Run<V, I, TEpilogue>(LinearJob* job, Workers? workers)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue
    {
        nint padded = Int8.PaddedInputs((int)job->Inputs);
        int most = QuantizedActivations.BlockRows(job->Rows, 2 * padded);
        byte* values = stackalloc byte[(int)(most * 2 * padded)];
        float* scales = stackalloc float[most];
        int* starts = stackalloc int[most];
        job->Quantized = new() { Ones = 0x00010001, Values = values, Stride = 2 * padded, Scales = scales, Starts = starts };

        int left = job->Rows;
        for (int blocks = Rows.Parts(left, most); blocks > 0; blocks--)
        {
            job->Rows = Rows.Next(left, blocks);
            for (int row = 0; row < job->Rows; row++)
            {
                float* x = job->X + (row * job->Inputs);
                scales[row] = QuantizedActivations.Scale<V>(x, job->Inputs, out float inverse);
                starts[row] = QuantizedActivations.WriteMagnitudesAndSigns<V, I>(x, job->Inputs, padded, inverse, values + (row * job->Quantized.Stride));
            }

            PanelRange.Run<Int8Panels<V, I, TEpilogue>>(job, workers);
            job->X += job->Rows * job->Inputs;
            job->Y += job->Rows * job->Stride;
            left -= job->Rows;
        }
    }
}
