namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>An attribute of a node (<c>AttributeProto</c>).</summary>
internal sealed class OnnxAttribute
{
    private readonly Action<ProtobufWriter> _write;

    /// <summary>An integer.</summary>
    public OnnxAttribute(string name, long value) => _write = message =>
    {
        message.Write(OnnxFields.AttributeName, name);
        message.Write(OnnxFields.AttributeInteger, value);
        message.Write(OnnxFields.AttributeType, OnnxFields.AttributeTypeInteger);
    };

    /// <summary>A number.</summary>
    public OnnxAttribute(string name, float value) => _write = message =>
    {
        message.Write(OnnxFields.AttributeName, name);
        message.Write(OnnxFields.AttributeFloat, value);
        message.Write(OnnxFields.AttributeType, OnnxFields.AttributeTypeFloat);
    };

    /// <summary>Integers.</summary>
    public OnnxAttribute(string name, long[] values) => _write = message =>
    {
        message.Write(OnnxFields.AttributeName, name);
        foreach (long value in values)
        {
            message.Write(OnnxFields.AttributeIntegers, value);
        }

        message.Write(OnnxFields.AttributeType, OnnxFields.AttributeTypeIntegers);
    };

    /// <summary>Writes the fields.</summary>
    public void Write(ProtobufWriter message) => _write(message);
}
