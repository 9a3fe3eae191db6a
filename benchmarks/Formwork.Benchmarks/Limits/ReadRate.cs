namespace Formwork.Benchmarks.Limits;

/// <summary>How fast memory of one size is read.</summary>
/// <param name="KibibytesPerThread">The size; each thread reads memory of its own.</param>
/// <param name="GigabytesPerSecond">All threads together.</param>
internal sealed record ReadRate(long KibibytesPerThread, double GigabytesPerSecond);
