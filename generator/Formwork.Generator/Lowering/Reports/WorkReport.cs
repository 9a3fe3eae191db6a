namespace Formwork.Generator.Lowering.Reports;

/// <summary>The work of a model.</summary>
/// <param name="Encode">Encode: multiply-adds a source token, weights once a source of the longest length.</param>
/// <param name="CrossCache">PrecomputeCrossCache: the same; nothing where cross-attention is cut out.</param>
/// <param name="Step">DecodeStep, for a target token.</param>
/// <param name="SourceLength">The longest source.</param>
internal sealed record WorkReport(WorkTotal Encode, WorkTotal CrossCache, WorkTotal Step, long SourceLength)
{
    /// <summary>All that happens once a source, before the first target token.</summary>
    public WorkTotal Source => Encode + CrossCache;

    /// <summary>Bytes of the attention caches that a step at full lengths reads: each float of them takes part in one multiply-add.</summary>
    public long CacheBytes => Step.Attention * sizeof(float);

    /// <summary>Bytes that a step at full lengths reads.</summary>
    public long StepBytes => Step.WeightBytes + CacheBytes;

    /// <summary>Floating-point operations for each byte that a step at full lengths reads.</summary>
    public decimal StepIntensity => Intensity(Step.MultiplyAdds, StepBytes);

    /// <summary>Floating-point operations for each byte of weights that the longest source reads.</summary>
    public decimal SourceIntensity => Intensity(Source.MultiplyAdds * SourceLength, Source.WeightBytes);

    private static decimal Intensity(long multiplyAdds, long bytes) => bytes == 0 ? 0 : 2m * multiplyAdds / bytes;
}
