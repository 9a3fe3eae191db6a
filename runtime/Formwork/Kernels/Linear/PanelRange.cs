namespace Formwork.Kernels;

/// <summary>Runs a kernel over all panels of a projection.</summary>
internal static unsafe class PanelRange
{
    public static void Run<TKernel>(LinearJob* job)
        where TKernel : struct, IPanelKernel => TKernel.Run(job, 0, job->PanelCount);
}
