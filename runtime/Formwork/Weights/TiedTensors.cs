using System.Buffers;

namespace Formwork.Weights;

/// <summary>Compares two tensors that a tied model stores under two names. If they differ, no choice between them is safe.</summary>
internal static class TiedTensors
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>The problem with their first difference, or null where all bits are equal.</summary>
    public static WeightProblem? FirstDifference(SafetensorsTensor first, SafetensorsTensor second)
    {
        string names = $"tensors {WeightProblem.Quote(first.Name)} and {WeightProblem.Quote(second.Name)} are one tied tensor in this model and differ in the file";
        const string Advice = "The checkpoint is not tied: declare separate tables if the family has them, or remove the tensor that is not used.";
        if (first.DType != second.DType || first.ByteLength != second.ByteLength)
        {
            string one = $"{first.DType} {WeightProblem.Shape(first.Shape)}";
            string other = $"{second.DType} {WeightProblem.Shape(second.Shape)}";
            return new WeightProblem(WeightLoadError.TiedTensorsDiffer, $"{names}: {one} and {other}", Advice)
            { Tensor = second.Name, Offset = second.Offset, Expected = one, Found = other };
        }
        byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * ChunkBytes);
        try
        {
            for (long offset = 0; offset < first.ByteLength; offset += ChunkBytes)
            {
                int length = (int)Math.Min(ChunkBytes, first.ByteLength - offset);
                Span<byte> left = buffer.AsSpan(0, length);
                Span<byte> right = buffer.AsSpan(ChunkBytes, length);
                first.CopyTo(offset, left);
                second.CopyTo(offset, right);
                int equal = left.CommonPrefixLength(right);
                if (equal < length)
                {
                    long element = (offset + equal) / (first.DType.Bits() / 8);
                    return new WeightProblem(WeightLoadError.TiedTensorsDiffer, $"{names}, first at {ElementIndex.Describe(second, element)}", Advice)
                    { Tensor = second.Name, Offset = second.Offset + offset + equal, Expected = $"the bytes of {first.Name}" };
                }
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
