using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Cuts a projection with 4-bit weights into tiles.</summary>
internal readonly unsafe struct Int4Panels<V, I, TEpilogue> : IPanelKernel
    where V : unmanaged, ISimd<V>
    where I : unmanaged, IIntegers<I, V>
    where TEpilogue : struct, IEpilogue
{
    [SkipLocalsInit]
    public static void Run(LinearJob* job, int first, int end)
    {
        float* cut = stackalloc float[Int4Tile.MaxRows * PanelLayout.Width];
        for (int panel = first; panel < end; panel++)
        {
            int output = panel * PanelLayout.Width;
            int columns = Math.Min(PanelLayout.Width, job->Outputs - output);
            byte* weights = job->Panels + (panel * job->PanelBytes);
            float* y = job->Y + output;
            int row = 0;
            for (int tiles = Rows.Parts(job->Rows, Int4Tile.MostRows<V>()); tiles > 0; tiles--)
            {
                int height = Rows.Next(job->Rows - row, tiles);
                if (columns == PanelLayout.Width)
                {
                    Tile(job, row, height, weights, job->BiasAt(output), y, job->Stride);
                }
                else
                {
                    ClippedTile.Enter<TEpilogue>(y, job->Stride, cut, height, columns);
                    Tile(job, row, height, weights, job->BiasAt(output), cut, PanelLayout.Width);
                    ClippedTile.Leave(y, job->Stride, cut, height, columns);
                }

                for (int i = 0; i < height; i++)
                {
                    TEpilogue.Finish<V>(y + (i * job->Stride), columns);
                }

                row += height;
                y += height * job->Stride;
            }
        }
    }

    private static void Tile(LinearJob* job, int row, int height, byte* weights, float* bias, float* y, nint stride)
    {
        QuantizedRows x = job->Quantized;
        x.Values += row * x.Stride;
        x.Scales += row;
        x.Starts += row * Int4.GroupsOf(job->Inputs);
        if (TEpilogue.Accumulates)
        {
            Int4Tile.Run<V, I, AccumulateEpilogue>(height, x, job->Inputs, weights, bias, y, stride);
        }
        else
        {
            Int4Tile.Run<V, I, NoEpilogue>(height, x, job->Inputs, weights, bias, y, stride);
        }
    }
}
