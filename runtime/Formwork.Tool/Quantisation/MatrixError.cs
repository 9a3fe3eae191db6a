namespace Formwork.Tool.Quantisation;

/// <summary>What a weight type makes of a matrix.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The weight type.</param>
/// <param name="Rows">Outputs.</param>
/// <param name="Columns">Inputs.</param>
/// <param name="StoredBytes">Its bytes in the file.</param>
/// <param name="PackedBytes">Its bytes when it is packed, padding included.</param>
/// <param name="MaxAbsError">The largest difference of a weight.</param>
/// <param name="RelativeRmsError">The root of the squared differences over the squared weights.</param>
/// <param name="SnrDb">The same as a signal-to-noise ratio in decibels; null where nothing differs.</param>
/// <param name="WorstRow">The row with the largest relative error, from 0; null where nothing differs.</param>
/// <param name="WorstRowError">Its relative error.</param>
/// <param name="Clipped">Weights beyond what the type can reach.</param>
internal sealed record MatrixError(
    string Name,
    WeightType Type,
    int Rows,
    int Columns,
    long StoredBytes,
    long PackedBytes,
    double MaxAbsError,
    double RelativeRmsError,
    double? SnrDb,
    int? WorstRow,
    double WorstRowError,
    long Clipped)
{
    /// <summary>The sum of the squared weights, for totals.</summary>
    internal double Signal { get; init; }

    /// <summary>The sum of the squared differences, for totals.</summary>
    internal double Noise { get; init; }
}
