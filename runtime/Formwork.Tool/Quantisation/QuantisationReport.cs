using Formwork.Tool.Packing;

namespace Formwork.Tool.Quantisation;

/// <summary>What a weight type makes of a model.</summary>
/// <param name="File">The checkpoint.</param>
/// <param name="Type">The weight type.</param>
/// <param name="Model">The declared type; null where there is no declaration.</param>
/// <param name="Totals">All matrices together; null where they were not measured.</param>
/// <param name="Matrices">Each matrix, the largest relative error first; null where they were not measured.</param>
/// <param name="Packed">What was written; null where nothing was.</param>
internal sealed record QuantisationReport(
    string File, WeightType Type, string? Model, QuantisationTotals? Totals, IReadOnlyList<MatrixError>? Matrices, PackReport? Packed);
