namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>A constant of a graph (<c>TensorProto</c>).</summary>
internal sealed class OnnxTensor
{
    private readonly byte[] _head;
    private readonly byte[] _data;

    /// <summary>Makes a constant as field <paramref name="field"/> of the message around it.</summary>
    public OnnxTensor(int field, string name, OnnxType type, ReadOnlySpan<long> dims, byte[] data)
    {
        using ProtobufWriter tensor = new();
        foreach (long dim in dims)
        {
            tensor.Write(1, dim);
        }

        tensor.Write(2, (long)type);
        tensor.Write(8, name);
        tensor.WriteLength(9, data.Length);
        byte[] fields = tensor.ToArray();
        using ProtobufWriter head = new();
        head.WriteLength(field, fields.Length + (long)data.Length);
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
