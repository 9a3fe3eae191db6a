using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Cuts a projection with quantised weights into tiles.</summary>
internal readonly unsafe struct QuantizedPanels<TFormat, V, I, TEpilogue> : IPanelKernel
    where TFormat : unmanaged, IQuantizedFormat
    where V : unmanaged, ISimd<V>
    where I : unmanaged, IIntegers<I, V>
    where TEpilogue : struct, IEpilogue
{
    public static void Run(LinearJob* job, int first, int end)
    {
        if (job->Rows == 1)
        {
            Row(job, first, end);
        }
        else
        {
            Tiles(job, first, end);
        }
    }

    [SkipLocalsInit]
    private static void Row(LinearJob* job, int first, int end)
    {
        int whole = Math.Min(end, job->Outputs / PanelLayout.Width);
        float* y = job->Y + (first * PanelLayout.Width);
        if (whole > first)
        {
            Row(job, first, whole - first, y);
            TEpilogue.Finish<V>(y, (whole - first) * PanelLayout.Width);
        }

        if (whole < end)
        {
            float* cut = stackalloc float[PanelLayout.Width];
            int columns = job->Outputs - (whole * PanelLayout.Width);
            y = job->Y + (whole * PanelLayout.Width);
            ClippedTile.Enter<TEpilogue>(y, 0, cut, 1, columns);
            Row(job, whole, 1, cut);
            ClippedTile.Leave(y, 0, cut, 1, columns);
            TEpilogue.Finish<V>(y, columns);
        }
    }

    private static void Row(LinearJob* job, int panel, int panels, float* y)
    {
        byte* weights = job->Panels + (panel * job->PanelBytes);
        float* bias = job->BiasAt(panel * PanelLayout.Width);
        if (TEpilogue.Accumulates)
        {
            TFormat.Row<V, I, AccumulateEpilogue>(job->Quantized, job->Inputs, weights, job->PanelBytes, panels, bias, y);
        }
        else
        {
            TFormat.Row<V, I, NoEpilogue>(job->Quantized, job->Inputs, weights, job->PanelBytes, panels, bias, y);
        }
    }

    [SkipLocalsInit]
    private static void Tiles(LinearJob* job, int first, int end)
    {
        int most = TFormat.MostRows<V>();
        float* cut = stackalloc float[most * PanelLayout.Width];
        for (int panel = first; panel < end; panel++)
        {
            int output = panel * PanelLayout.Width;
            int columns = Math.Min(PanelLayout.Width, job->Outputs - output);
            byte* weights = job->Panels + (panel * job->PanelBytes);
            float* y = job->Y + output;
            int row = 0;
            for (int tiles = Rows.Parts(job->Rows, most); tiles > 0; tiles--)
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
        x.Starts += row * TFormat.StartsOf(job->Inputs);
        if (TEpilogue.Accumulates)
        {
            TFormat.Tile<V, I, AccumulateEpilogue>(height, x, job->Inputs, weights, bias, y, stride);
        }
        else
        {
            TFormat.Tile<V, I, NoEpilogue>(height, x, job->Inputs, weights, bias, y, stride);
        }
    }
}
