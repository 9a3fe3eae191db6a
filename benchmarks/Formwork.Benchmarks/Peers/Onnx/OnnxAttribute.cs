namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>An attribute of a node (<c>AttributeProto</c>).</summary>
internal sealed class OnnxAttribute
{
    private const int NameField = 1;
    private const int TypeField = 20;
    private readonly Action<ProtobufWriter> _write;

    /// <summary>An integer.</summary>
    public OnnxAttribute(string name, long value) => _write = message =>
    {
        message.Write(NameField, name);
        message.Write(3, value);
        message.Write(TypeField, 2);
    };

    /// <summary>A number.</summary>
    public OnnxAttribute(string name, float value) => _write = message =>
    {
        message.Write(NameField, name);
        message.Write(2, value);
        message.Write(TypeField, 1);
    };

    /// <summary>Integers.</summary>
    public OnnxAttribute(string name, long[] values) => _write = message =>
    {
        message.Write(NameField, name);
        foreach (long value in values)
        {
            message.Write(8, value);
        }

        message.Write(TypeField, 7);
    };

    /// <summary>Writes the fields.</summary>
    public void Write(ProtobufWriter message) => _write(message);
}
