namespace Formwork.Tool.Quantisation;

/// <summary>All matrices together.</summary>
/// <param name="Matrices">How many.</param>
/// <param name="Weights">Their weights.</param>
/// <param name="StoredBytes">Their bytes in the file.</param>
/// <param name="PackedBytes">Their bytes when they are packed, padding included.</param>
/// <param name="MaxAbsError">The largest difference of a weight.</param>
/// <param name="RelativeRmsError">The root of the squared differences over the squared weights.</param>
/// <param name="SnrDb">The same in decibels; null where nothing differs.</param>
/// <param name="Clipped">Weights beyond what the type can reach.</param>
internal sealed record QuantisationTotals(
    int Matrices, long Weights, long StoredBytes, long PackedBytes, double MaxAbsError, double RelativeRmsError, double? SnrDb, long Clipped)
{
    /// <summary>Adds matrices up.</summary>
    public static QuantisationTotals Of(IReadOnlyList<MatrixError> matrices)
    {
        var sum = new ErrorSum();
        foreach (MatrixError matrix in matrices)
        {
            sum.Add(matrix.Signal, matrix.Noise, matrix.MaxAbsError);
        }

        return new(
            matrices.Count,
            matrices.Sum(static matrix => (long)matrix.Rows * matrix.Columns),
            matrices.Sum(static matrix => matrix.StoredBytes),
            matrices.Sum(static matrix => matrix.PackedBytes),
            sum.Largest,
            sum.Relative,
            sum.Decibels,
            matrices.Sum(static matrix => matrix.Clipped));
    }
}
