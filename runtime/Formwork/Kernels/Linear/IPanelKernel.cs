namespace Formwork.Kernels;

/// <summary>Computes a projection for some of its panels; different panels may be computed at once by different threads.</summary>
internal unsafe interface IPanelKernel
{
    /// <summary>Computes the outputs of panels <paramref name="first"/> up to, without, <paramref name="end"/>.</summary>
    static abstract void Run(LinearJob* job, int first, int end);
}
