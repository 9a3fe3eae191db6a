namespace Formwork.Generator.Tests.Reference;

/// <summary>A named array of random values, kept in the single precision that a file holds.</summary>
internal sealed record Tensor(string Name, int[] Shape, float[] Values, WeightType Type = WeightType.Float32)
{
    /// <summary>Whether what it is multiplied with is rounded to 8 bits first.</summary>
    public bool QuantizesActivations => Type >= WeightType.Int8;

    /// <summary>Rows, or the length of a vector.</summary>
    public int Rows => Shape[0];

    /// <summary>Columns, or 1 for a vector.</summary>
    public int Columns => Shape.Length > 1 ? Shape[1] : 1;

    public double this[int row, int column] => Values[(row * Columns) + column];

    public double this[int index] => Values[index];
}
