using Formwork.Kernels;

namespace Translate.Timing;

/// <summary>Writes what was measured for people to read.</summary>
internal static class TimingReport
{
    public static void Write(Stopwatches measured, TextWriter output)
    {
        if (measured.TargetTokens == 0)
        {
            output.WriteLine("Nothing was translated, so there is nothing to report.");
            return;
        }

        // The halves were measured in different runs, so on a busy machine their difference may come out wrong; never below nothing.
        double total = measured.Total.TotalMilliseconds;
        double decode = Math.Max(0, total - measured.Encode.TotalMilliseconds);
        double perSecond = measured.TargetTokens / measured.Total.TotalSeconds;

        output.WriteLine($"encode     {measured.Encode.TotalMilliseconds,9:N2} ms  {measured.SourceTokens:N0} source tokens, once: encoder and cross-attention keys and values");
        output.WriteLine($"decode     {decode,9:N2} ms  {measured.TargetTokens:N0} target tokens, {decode / measured.TargetTokens:N3} ms a token");
        output.WriteLine($"total      {total,9:N2} ms  {perSecond:N0} tokens/s");
        output.WriteLine($"allocated  {measured.AllocatedBytes,9:N0} bytes on the managed heap while generating");
        output.WriteLine($"kernels    {Simd.Path,9}");
        output.WriteLine("Measured after half a second of warm-up, so that the JIT's compiling is not counted.");
    }
}
