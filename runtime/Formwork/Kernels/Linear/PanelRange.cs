using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>
/// Runs a kernel over all panels of a projection. Outputs do not depend on each other, so sharing the panels out changes no bit; and each
/// weight is read by one thread alone, whatever the number of rows.
/// </summary>
internal static unsafe class PanelRange
{
    /// <summary>Bytes of weights, each time that a row meets them, below which handing work over costs more than it saves.</summary>
    private const long WorthSharing = 1 << 18;

    public static void Run<TKernel>(LinearJob* job, Workers? workers)
        where TKernel : struct, IPanelKernel
    {
        int panels = job->PanelCount;
        if (workers is null || panels < 2 || job->Rows * (long)job->PanelBytes * panels < WorthSharing)
        {
            TKernel.Run(job, 0, panels);
            return;
        }

        workers.Run(&Part<TKernel>, job, Math.Min(workers.Threads, panels));
    }

    private static void Part<TKernel>(void* job, int part, int parts)
        where TKernel : struct, IPanelKernel
    {
        long panels = ((LinearJob*)job)->PanelCount;
        TKernel.Run((LinearJob*)job, (int)(panels * part / parts), (int)(panels * (part + 1) / parts));
    }
}
