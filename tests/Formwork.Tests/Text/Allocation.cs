namespace Formwork.Tests.Text;

/// <summary>Counts what a call allocates on the managed heap.</summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>
    /// The least bytes of a few runs: where a test beside this one brings about a collection, the rest of this thread's allocation buffer is counted as
    /// allocated, and pooled arrays may go. What the call allocates itself it allocates every time.
    /// </summary>
    public static long Least(Action action)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
