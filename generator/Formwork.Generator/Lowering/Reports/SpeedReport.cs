namespace Formwork.Generator.Lowering.Reports;

/// <summary>The most that memory allows.</summary>
/// <param name="Bandwidth">Bytes a second, in GB/s.</param>
/// <param name="FirstTokens">Target tokens a second while the caches are empty.</param>
/// <param name="FullTokens">Target tokens a second at full lengths.</param>
internal sealed record MemoryBound(decimal Bandwidth, decimal FirstTokens, decimal FullTokens);

/// <summary>The most that arithmetic allows.</summary>
/// <param name="Operations">Floating-point operations a second, in GFLOP/s; a multiply-add is two.</param>
/// <param name="FullTokens">Target tokens a second at full lengths.</param>
/// <param name="SourceMilliseconds">The least time of the longest source, cross cache included.</param>
internal sealed record ArithmeticBound(decimal Operations, decimal FullTokens, decimal SourceMilliseconds);

/// <summary>Upper bounds of speed at one sequence at a time.</summary>
/// <param name="Memory">By bandwidth.</param>
/// <param name="Arithmetic">By operations a second.</param>
internal sealed record SpeedReport(Model.EquatableArray<MemoryBound> Memory, Model.EquatableArray<ArithmeticBound> Arithmetic)
{
    private const decimal Giga = 1_000_000_000m;

    /// <summary>From a small board's memory to that of a desktop computer, one core reading.</summary>
    private static readonly decimal[] UsualBandwidths = [5, 10, 20, 40];

    /// <summary>From a small board's core without wide vectors to a server's with them.</summary>
    private static readonly decimal[] UsualOperations = [1, 10, 100];

    /// <summary>Predicts from work.</summary>
    /// <param name="work">The work.</param>
    /// <param name="bandwidth">The bandwidth, or null for the usual ones.</param>
    public static SpeedReport Of(WorkReport work, decimal? bandwidth) => new(
        new((bandwidth is { } one ? [one] : UsualBandwidths).Select(rate => new MemoryBound(rate, rate * Giga / work.Step.WeightBytes, rate * Giga / work.StepBytes))),
        new(UsualOperations.Select(rate => new ArithmeticBound(
            rate,
            rate * Giga / (2m * work.Step.MultiplyAdds),
            2m * work.Source.MultiplyAdds * work.SourceLength / rate / (Giga / 1000)))));
}
