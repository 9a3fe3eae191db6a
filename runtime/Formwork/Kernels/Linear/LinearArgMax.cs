using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>A projection of which only the place of each row's largest result is kept.</summary>
internal static unsafe class LinearArgMax
{
    /// <summary>Results computed before they are compared: few enough to stay in the first-level cache.</summary>
    private const int BlockFloats = 1 << 13;

    /// <summary>Panels of a block for one row: the fewer the rows, the more would fit, but a block is enough work to share out.</summary>
    private const int MostPanels = 64;

    [SkipLocalsInit]
    public static void Run<TFormat>(LinearJob job, Span<int> indices, int excluded, Workers? workers)
        where TFormat : unmanaged, IWeightFormat
    {
        float* results = stackalloc float[BlockFloats];
        int most = BlockFloats / PanelLayout.Width;
        for (int row = 0; row < job.Rows; row += most)
        {
            LinearJob rows = job;
            rows.X += row * job.Inputs;
            rows.Rows = Math.Min(most, job.Rows - row);
            Block<TFormat>(rows, results, indices.Slice(row, rows.Rows), excluded, workers);
        }
    }

    [SkipLocalsInit]
    private static void Block<TFormat>(LinearJob job, float* results, Span<int> indices, int excluded, Workers? workers)
        where TFormat : unmanaged, IWeightFormat
    {
        float* largest = stackalloc float[job.Rows];
        for (int row = 0; row < job.Rows; row++)
        {
            indices[row] = None;
            largest[row] = float.NegativeInfinity;
        }

        int outputs = job.Outputs;
        int rows = job.Rows;
        int panels = Math.Min(MostPanels, BlockFloats / PanelLayout.Width / rows);
        job.Y = results;
        for (int first = 0; first < outputs; first += job.Outputs)
        {
            job.Outputs = Math.Min(panels * PanelLayout.Width, outputs - first);
            job.Stride = job.Outputs;
            LinearJob block = job;
            TFormat.Run<NoEpilogue>(&block, workers);
            for (int row = 0; row < job.Rows; row++)
            {
                float* own = results + (row * job.Stride);
                if (excluded >= first && excluded < first + job.Outputs)
                {
                    own[excluded - first] = float.NegativeInfinity;
                }

                Compare(own, job.Outputs, first, ref indices[row], ref largest[row]);
            }

            job.Panels += panels * job.PanelBytes;
            job.Bias = job.BiasAt(panels * PanelLayout.Width);
        }

        foreach (ref int index in indices)
        {
            index = Math.Max(index, None);
        }
    }

    /// <summary>No result is above −∞.</summary>
    private const int None = -1;

    /// <summary>A result is NaN, and no later one can mend that.</summary>
    private const int NotANumber = -2;

    /// <summary>Takes up results that follow those compared before: a strictly larger one becomes the largest.</summary>
    private static void Compare(float* results, int length, int first, ref int index, ref float largest)
    {
        if (index == NotANumber)
        {
            return;
        }

        if (!Kernels.ArgMax.TryFind(results, length, largest, out int found, out float value))
        {
            index = NotANumber;
        }
        else if (found >= 0)
        {
            index = first + found;
            largest = value;
        }
    }
}
