namespace Formwork.Generator.Model;

/// <summary>What a build asks of the plan report.</summary>
/// <param name="Bandwidth">The memory bandwidth to predict speed for, in GB/s (10⁹ bytes a second); null for a table of usual ones.</param>
internal sealed record ReportSpec(decimal? Bandwidth);
