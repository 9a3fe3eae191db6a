using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>Projections with 4-bit weights: quantises a block of rows, then lets the instruction set's kernel have the panels.</summary>
internal static unsafe class Int4Linear
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
        int groups = Int4.GroupsOf(job->Inputs);
        nint padded = (nint)groups * Int4.Group;
        int most = QuantizedActivations.BlockRows(job->Rows, padded);
        byte* values = stackalloc byte[(int)(most * padded)];
        float* scales = stackalloc float[most];
        int* starts = stackalloc int[most * groups];
        job->Quantized = new() { Ones = 0x00010001, Values = values, Stride = padded, Scales = scales, Starts = starts };

        int left = job->Rows;
        for (int blocks = Rows.Parts(left, most); blocks > 0; blocks--)
        {
            job->Rows = Rows.Next(left, blocks);
            for (int row = 0; row < job->Rows; row++)
            {
                float* x = job->X + (row * job->Inputs);
                byte* to = values + (row * padded);
                scales[row] = QuantizedActivations.Scale<V>(x, job->Inputs, out float inverse);
                QuantizedActivations.WriteBytes<V, I>(x, job->Inputs, padded, inverse, to);
                Corrections((sbyte*)to, starts + (row * groups), groups);
            }

            PanelRange.Run<Int4Panels<V, I, TEpilogue>>(job, workers);
            job->X += job->Rows * job->Inputs;
            job->Y += job->Rows * job->Stride;
            left -= job->Rows;
        }
    }

    /// <summary>Half bytes are weights plus 8: what each group's sum has too much, with its sign turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Corrections(sbyte* x, int* starts, int groups)
    {
        for (int group = 0; group < groups; group++, x += Int4.Group)
        {
            int sum = 0;
            for (int k = 0; k < Int4.Group; k++)
            {
                sum += x[k];
            }

            starts[group] = -Int4.Zero * sum;
        }
    }
}
