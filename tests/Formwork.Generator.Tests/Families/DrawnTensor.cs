namespace Formwork.Generator.Tests.Families;

/// <summary>One tensor of a weight file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its values, row by row.</param>
public sealed record DrawnTensor(string Name, long[] Shape, float[] Values);
