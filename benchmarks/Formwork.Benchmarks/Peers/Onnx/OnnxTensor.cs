namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>A constant of a graph (<c>TensorProto</c>).</summary>
internal sealed class OnnxTensor
{
    private readonly byte[] _head;
    private readonly byte[] _data;

    /// <summary>Makes a constant, ready to be written among the fields of its graph.</summary>
    public OnnxTensor(string name, OnnxType type, ReadOnlySpan<long> dims, byte[] data)
    {
        using ProtobufWriter tensor = new();
        foreach (long dim in dims)
        {
            tensor.Write(OnnxFields.TensorDim, dim);
        }

        tensor.Write(OnnxFields.TensorDataType, (long)type);
        tensor.Write(OnnxFields.TensorName, name);
        tensor.WriteLength(OnnxFields.TensorRawData, data.Length);
        byte[] fields = tensor.ToArray();
        using ProtobufWriter head = new();
        head.WriteLength(OnnxFields.GraphInitializer, fields.Length + (long)data.Length);
        _head = [.. head.ToArray(), .. fields];
        _data = data;
    }

    /// <summary>Bytes in the file.</summary>
    public long Length => _head.Length + (long)_data.Length;

    /// <summary>Writes the constant.</summary>
    public void WriteTo(Stream stream)
    {
        stream.Write(_head);
        stream.Write(_data);
    }
}
