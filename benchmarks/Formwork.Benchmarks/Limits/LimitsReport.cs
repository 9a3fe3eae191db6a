using Formwork.Kernels;

namespace Formwork.Benchmarks.Limits;

/// <summary>What the machine itself can do.</summary>
/// <param name="Threads">Threads that worked at the same time.</param>
/// <param name="InstructionSet">What they ran on.</param>
/// <param name="Gigaflops">Multiplications and additions of 32-bit floats, in thousand millions a second.</param>
/// <param name="Reads">How fast memory is read, by its size: caches first, then memory.</param>
internal sealed record LimitsReport(int Threads, string InstructionSet, double Gigaflops, IReadOnlyList<ReadRate> Reads)
{
    private const double Giga = 1e9;
    private const int Kibibyte = 1024;

    // Enough for a repetition of small memory to take some milliseconds.
    private const long BytesPerRepetition = 128L * 1024 * Kibibyte;

    // From first-level caches to far beyond third-level ones, in kibibytes.
    private static readonly int[] Sizes = [16, 256, 512, 2 * 1024, 8 * 1024, 16 * 1024, 64 * 1024, 256 * 1024];

    /// <summary>Measures.</summary>
    public static LimitsReport Measure(int threads)
    {
        double flops = Team.BestRate([.. Enumerable.Repeat(ArithmeticLoop.Run, threads)]);
        return new(threads, Simd.Path.ToString(), Math.Round(flops / Giga, 1), [.. Sizes.Select(size => Read(size, threads))]);
    }

    private static ReadRate Read(int kibibytes, int threads)
    {
        long bytes = (long)kibibytes * Kibibyte;
        int times = (int)Math.Max(1, BytesPerRepetition / bytes);
        ReadLoop[] loops = [.. Enumerable.Range(0, threads).Select(_ => new ReadLoop((nint)bytes))];
        try
        {
            double rate = Team.BestRate([.. loops.Select<ReadLoop, Func<long>>(loop => () => loop.Run(times))]);
            return new(kibibytes, Math.Round(rate / Giga, 1));
        }
        finally
        {
            Array.ForEach(loops, static loop => loop.Dispose());
        }
    }
}
