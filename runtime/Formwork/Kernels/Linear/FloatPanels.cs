using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>Cuts a float projection into tiles.</summary>
internal readonly unsafe struct FloatPanels<V, TFormat, TEpilogue> : IPanelKernel
    where V : unmanaged, ISimd<V>
    where TFormat : unmanaged, IFloatFormat
    where TEpilogue : struct, IEpilogue
{
    /// <summary>Rows that go through one panel before the next panel is read: few enough to stay in the second-level cache.</summary>
    private const int BlockRows = 240;

    public static void Run(LinearJob* job, int first, int end)
    {
        if (job->Rows == 1)
        {
            Row(job, first, end);
            return;
        }

        int blocks = Rows.Parts(job->Rows, BlockRows);
        for (int row = 0; blocks > 0; blocks--)
        {
            int rows = Rows.Next(job->Rows - row, blocks);
            for (int panel = first; panel < end; panel++)
            {
                Block(job, row, rows, panel);
            }

            row += rows;
        }
    }

    [SkipLocalsInit]
    private static void Row(LinearJob* job, int first, int end)
    {
        int whole = Math.Min(end, job->Outputs / PanelLayout.Width);
        for (int panel = first; panel < whole;)
        {
            int panels = Row(job, panel, whole - panel, job->Y + (panel * PanelLayout.Width));
            TEpilogue.Finish<V>(job->Y + (panel * PanelLayout.Width), panels * PanelLayout.Width);
            panel += panels;
        }

        if (whole < end)
        {
            float* cut = stackalloc float[PanelLayout.Width];
            float* y = job->Y + (whole * PanelLayout.Width);
            int columns = job->Outputs - (whole * PanelLayout.Width);
            ClippedTile.Enter<TEpilogue>(y, 0, cut, 1, columns);
            Row(job, whole, 1, cut);
            ClippedTile.Leave(y, 0, cut, 1, columns);
            TEpilogue.Finish<V>(y, columns);
        }
    }

    private static int Row(LinearJob* job, int panel, int panels, float* y)
    {
        byte* weights = job->Panels + (panel * job->PanelBytes);
        float* bias = job->BiasAt(panel * PanelLayout.Width);
        return TEpilogue.Accumulates
            ? FloatRow<V, TFormat, AccumulateEpilogue>.Run(job->X, job->Inputs, weights, job->PanelBytes, panels, bias, y)
            : FloatRow<V, TFormat, NoEpilogue>.Run(job->X, job->Inputs, weights, job->PanelBytes, panels, bias, y);
    }

    [SkipLocalsInit]
    private static void Block(LinearJob* job, int row, int rows, int panel)
    {
        nint inputs = job->Inputs;
        float* x = job->X + (row * inputs);
        float* y = job->Y + (row * job->Stride) + (panel * PanelLayout.Width);
        byte* weights = job->Panels + (panel * job->PanelBytes);
        float* bias = job->BiasAt(panel * PanelLayout.Width);
        int columns = Math.Min(PanelLayout.Width, job->Outputs - (panel * PanelLayout.Width));
        float* cut = stackalloc float[FloatTile.MaxRows * PanelLayout.Width];
        for (int tiles = Rows.Parts(rows, FloatTile.MostRows<V>()); tiles > 0; tiles--)
        {
            int height = Rows.Next(rows, tiles);
            if (columns == PanelLayout.Width)
            {
                Tile(height, x, inputs, weights, bias, y, job->Stride);
            }
            else
            {
                ClippedTile.Enter<TEpilogue>(y, job->Stride, cut, height, columns);
                Tile(height, x, inputs, weights, bias, cut, PanelLayout.Width);
                ClippedTile.Leave(y, job->Stride, cut, height, columns);
            }

            for (int i = 0; i < height; i++)
            {
                TEpilogue.Finish<V>(y + (i * job->Stride), columns);
            }

            x += height * inputs;
            y += height * job->Stride;
            rows -= height;
        }
    }

    private static void Tile(int height, float* x, nint inputs, byte* weights, float* bias, float* y, nint stride)
    {
        for (int output = 0; output < PanelLayout.Half; output += V.Width)
        {
            byte* from = weights + (output * sizeof(float));
            float* start = bias == null ? null : bias + output;
            if (TEpilogue.Accumulates)
            {
                FloatTile.Run<V, TFormat, AccumulateEpilogue>(height, x, inputs, from, start, y + output, stride);
            }
            else
            {
                FloatTile.Run<V, TFormat, NoEpilogue>(height, x, inputs, from, start, y + output, stride);
            }
        }
    }
}
