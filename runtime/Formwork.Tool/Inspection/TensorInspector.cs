using Formwork.Tool.Files;
using Formwork.Weights;

namespace Formwork.Tool.Inspection;

/// <summary>Reads tensors once each, in buffers of fixed lengths.</summary>
internal sealed class TensorInspector(CancellationToken cancellation)
{
    private readonly TensorBytes _bytes = new(cancellation);
    private readonly double[] _values = new double[TensorBytes.ChunkBytes];

    /// <summary>Reads one tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="progress">Takes how many bytes more were read.</param>
    public TensorReport Inspect(SafetensorsTensor tensor, Action<long> progress)
    {
        long[] shape = tensor.Shape.ToArray();
        long elements = shape.Aggregate(1L, static (product, dimension) => product * dimension);
        bool decodes = ElementDecoder.CanDecode(tensor.DType);
        var statistics = new TensorStatistics.Accumulator(RowLength(shape, elements));
        string hash = _bytes.Read(tensor, bytes =>
        {
            if (decodes)
            {
                statistics.Add(_values.AsSpan(0, ElementDecoder.Decode(tensor.DType, bytes, _values)));
            }

            progress(bytes.Length);
        });
        return new(tensor.Name, DTypeNames.Of(tensor.DType), shape, elements, tensor.ByteLength, tensor.Offset, hash, decodes ? statistics.Result() : null);
    }

    /// <summary>Values of a row, the outermost dimension being that of rows; 0 where there are none.</summary>
    private static long RowLength(long[] shape, long elements) => shape.Length < 2 || elements == 0 ? 0 : elements / shape[0];
}
