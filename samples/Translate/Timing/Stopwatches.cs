using System.Diagnostics;
using Translate.Sentences;

namespace Translate.Timing;

/// <summary>Measures what generating takes, added up over everything that is translated.</summary>
internal sealed class Stopwatches
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);
    private bool _warm;

    /// <summary>Source tokens read, end tokens included.</summary>
    public long SourceTokens { get; private set; }

    /// <summary>Target tokens produced, end tokens included.</summary>
    public long TargetTokens { get; private set; }

    /// <summary>The encoder and the cross-attention keys and values, in a run of their own.</summary>
    public TimeSpan Encode { get; private set; }

    /// <summary>The whole of Generate.</summary>
    public TimeSpan Total { get; private set; }

    /// <summary>Bytes that Generate allocated on the managed heap.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Generate, measured. The first call warms up before: until then the JIT compiles, and compiles again what runs often.</summary>
    public int Generate(IGenerator generator, ReadOnlySpan<int> source, Span<int> target)
    {
        if (!_warm)
        {
            RunFor(WarmUp, generator, source, target);
            _warm = true;
        }

        // Generate is one call, so its first half is measured by doing it once more.
        long started = Stopwatch.GetTimestamp();
        generator.Encode(source);
        Encode += Stopwatch.GetElapsedTime(started);

        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        started = Stopwatch.GetTimestamp();
        int written = generator.Generate(source, target);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;

        Total += elapsed;
        SourceTokens += source.Length;
        TargetTokens += written;
        return written;
    }

    /// <summary>Forgets what was measured; the warm-up stays done.</summary>
    public void Reset()
    {
        SourceTokens = 0;
        TargetTokens = 0;
        Encode = TimeSpan.Zero;
        Total = TimeSpan.Zero;
        AllocatedBytes = 0;
    }

    private static void RunFor(TimeSpan duration, IGenerator generator, ReadOnlySpan<int> source, Span<int> target)
    {
        long started = Stopwatch.GetTimestamp();
        do
        {
            generator.Encode(source);
            generator.Generate(source, target);
        }
        while (Stopwatch.GetElapsedTime(started) < duration);
    }
}
