namespace Formwork.Tool.Inspection;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type, as the format spells it.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Elements">How many elements that makes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Offset">Its first byte in the file, or in its shard.</param>
/// <param name="Sha256">Of its bytes, as in a manifest.</param>
/// <param name="Statistics">What its values are like; null for types whose values are not read.</param>
internal sealed record TensorReport(
    string Name, string Type, long[] Shape, long Elements, long Bytes, long Offset, string Sha256, TensorStatistics? Statistics)
{
    /// <summary>The shard that it is in; null where there is one file.</summary>
    public string? Shard { get; init; }

    /// <summary>The shape as in the format: <c>[8, 16]</c>.</summary>
    public string ShapeText() => Weights.WeightProblem.Shape(Shape);

    /// <summary>Whether there are values, and all are zero.</summary>
    public bool IsZero() => Elements > 0 && Statistics?.Zeros == Elements;
}
