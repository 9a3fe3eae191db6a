using Formwork.Tool.Inspection;
using Formwork.Weights;

namespace Formwork.Tool.Quantisation;

/// <summary>Measures what weight types make of matrices, row by row.</summary>
internal sealed class ErrorMeter(CancellationToken cancellation)
{
    private float[] _row = [];
    private float[] _unpacked = [];

    /// <summary>Measures one matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="progress">Takes how many bytes more were read.</param>
    /// <exception cref="ToolException">A weight is not finite.</exception>
    public MatrixError Measure(PackedMatrix matrix, Action<long> progress)
    {
        (SafetensorsTensor tensor, int rows, int columns, WeightType type) = matrix;
        if (_row.Length < columns)
        {
            (_row, _unpacked) = (new float[columns], new float[columns]);
        }

        using IRoundTrip trip = RoundTrips.Create(type, columns);
        Span<float> weights = _row.AsSpan(0, columns);
        Span<float> unpacked = _unpacked.AsSpan(0, columns);
        var whole = new ErrorSum();
        (int Row, double Error) worst = (-1, 0);
        long clipped = 0;
        for (int row = 0; row < rows; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            tensor.ReadFloats((long)row * columns, weights);
            ThrowIfNotFinite(tensor, (long)row * columns, weights);
            clipped += trip.Run(weights, unpacked);
            var one = new ErrorSum();
            one.Add(weights, unpacked);
            whole.Add(one.Signal, one.Noise, one.Largest);
            if (one.Relative > worst.Error)
            {
                worst = (row, one.Relative);
            }

            progress((long)columns * tensor.DType.Bits() / 8);
        }

        return new(
            tensor.Name, type, rows, columns, tensor.ByteLength, RoundTrips.PackedBytes(type, rows, columns),
            whole.Largest, whole.Relative, whole.Decibels, worst.Row < 0 ? null : worst.Row, worst.Error, clipped)
        { Signal = whole.Signal, Noise = whole.Noise };
    }

    private static void ThrowIfNotFinite(SafetensorsTensor tensor, long first, ReadOnlySpan<float> row)
    {
        int index = Finite.IndexOfNotFinite(row);
        if (index >= 0)
        {
            string value = float.IsNaN(row[index]) ? "NaN" : "infinity";
            throw ToolException.Problem(
                $"tensor {WeightProblem.Quote(tensor.Name)} holds {value} at {Findings.Place(tensor.Shape, first + index)}, which no weight type can be chosen for; convert the checkpoint again from the original ('formwork inspect' lists all such tensors)");
        }
    }
}
