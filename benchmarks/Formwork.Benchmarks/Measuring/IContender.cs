namespace Formwork.Benchmarks.Measuring;

/// <summary>Something that encodes and decodes sentences and is timed at it, in turns with others.</summary>
internal interface IContender : IDisposable
{
    /// <summary>The passes timed so far.</summary>
    Passes Passes { get; }

    /// <summary>Works for about this long, at least one pass of either kind, and adds what it took to <see cref="Passes"/>.</summary>
    void Run(TimeSpan slice);
}
