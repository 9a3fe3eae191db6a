namespace Formwork.Benchmarks.Shapes;

/// <summary>A tensor of a random checkpoint.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Rows">Rows, or 0 for a vector.</param>
/// <param name="Columns">Columns, or the length of a vector.</param>
/// <param name="Mean">What the values vary around.</param>
/// <param name="Deviation">Their standard deviation.</param>
internal sealed record RandomTensor(string Name, int Rows, int Columns, float Mean, float Deviation)
{
    /// <summary>Number of values.</summary>
    public long Length => (long)Math.Max(Rows, 1) * Columns;

    /// <summary>A projection's matrix [outputs, inputs], scaled so that its outputs vary about as much as its inputs.</summary>
    public static RandomTensor Matrix(string name, int rows, int columns) => new(name, rows, columns, 0, 1 / MathF.Sqrt(columns));

    /// <summary>A vector.</summary>
    public static RandomTensor Vector(string name, int length, float mean, float deviation) => new(name, 0, length, mean, deviation);
}
