namespace Formwork.Weights;

/// <summary>Says where in a tensor an element is.</summary>
internal static class ElementIndex
{
    /// <summary>The element's index in each dimension: <c>[3, 17]</c>.</summary>
    public static string Describe(SafetensorsTensor tensor, long element)
    {
        ReadOnlySpan<long> shape = tensor.Shape;
        Span<long> index = stackalloc long[shape.Length];
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (element, index[i]) = Math.DivRem(element, shape[i]);
        }
        return WeightProblem.Shape(index);
    }
}
