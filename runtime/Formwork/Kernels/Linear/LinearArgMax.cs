using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>A projection of which only the place of the largest result is kept.</summary>
internal static unsafe class LinearArgMax
{
    /// <summary>Outputs computed before they are compared: few enough to stay in the first-level cache.</summary>
    private const int BlockPanels = 32;

    public static int Run<TFormat>(LinearJob job, int excluded, Workers? workers)
        where TFormat : unmanaged, IWeightFormat
    {
        Best best = new() { Index = -1, Value = float.NegativeInfinity };
        return Compare<TFormat>(job, excluded, workers, ref best) ? best.Index : -1;
    }

    [SkipLocalsInit]
    private static bool Compare<TFormat>(LinearJob job, int excluded, Workers? workers, ref Best best)
        where TFormat : unmanaged, IWeightFormat
    {
        float* results = stackalloc float[BlockPanels * PanelLayout.Width];
        int outputs = job.Outputs;
        job.Y = results;
        for (int first = 0; first < outputs; first += job.Outputs)
        {
            job.Outputs = Math.Min(BlockPanels * PanelLayout.Width, outputs - first);
            TFormat.Run<NoEpilogue>(job, workers);
            if (excluded >= first && excluded < first + job.Outputs)
            {
                results[excluded - first] = float.NegativeInfinity;
            }

            if (!Kernels.ArgMax.Improve(results, job.Outputs, first, ref best))
            {
                return false;
            }

            job.Panels += BlockPanels * job.PanelBytes;
            job.Bias = job.BiasAt(BlockPanels * PanelLayout.Width);
        }

        return true;
    }

    /// <summary>The largest result so far and where it stands.</summary>
    internal struct Best
    {
        public int Index;
        public float Value;
    }
}
