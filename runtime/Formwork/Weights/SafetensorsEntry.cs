namespace Formwork.Weights;

/// <summary>One tensor as the header describes it, before its numbers have been checked against each other.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The dimensions, each from 0 to 2^53.</param>
/// <param name="Begin">The first byte, from the start of the data.</param>
/// <param name="End">One past the last byte, from the start of the data.</param>
/// <param name="Place">Where the entry stands, in bytes from the start of the file.</param>
internal readonly record struct SafetensorsEntry(string Name, SafetensorsDType DType, long[] Shape, long Begin, long End, long Place);
