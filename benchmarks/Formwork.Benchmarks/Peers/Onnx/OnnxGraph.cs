using System.Globalization;
using System.Runtime.InteropServices;

namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>A graph that grows node by node, and is then written as an ONNX file. Values are known by their names.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Microsoft = "com.microsoft";

    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private readonly List<Action<ProtobufWriter>> _fields = [];
    private readonly List<OnnxTensor> _constants = [];
    private int _names;

    /// <summary>An input of the graph.</summary>
    public string Input(string name, OnnxType type, params OnnxDim[] dims)
    {
        _fields.Add(graph => graph.Write(OnnxFields.GraphInput, value => Describe(value, name, type, dims)));
        return name;
    }

    /// <summary>Makes a value an output of the graph under a name of its own.</summary>
    public void Output(string value, string name, params OnnxDim[] dims)
    {
        NamedNode("Identity", [value], [name]);
        DeclareOutput(name, dims);
    }

    /// <summary>Makes a value that has the name already an output of the graph.</summary>
    public void DeclareOutput(string name, params OnnxDim[] dims) =>
        _fields.Add(graph => graph.Write(OnnxFields.GraphOutput, value => Describe(value, name, OnnxType.Float, dims)));

    /// <summary>A constant of 32-bit floats; without dimensions it is a number.</summary>
    public string Constant(float[] values, params long[] dims) => Constant(OnnxType.Float, MemoryMarshal.AsBytes<float>(values).ToArray(), dims);

    /// <summary>A constant of signed bytes.</summary>
    public string Constant(sbyte[] values, params long[] dims) => Constant(OnnxType.Int8, MemoryMarshal.AsBytes<sbyte>(values).ToArray(), dims);

    /// <summary>A vector of integers: sizes.</summary>
    public string Sizes(params long[] values) => Constant(OnnxType.Int64, MemoryMarshal.AsBytes<long>(values).ToArray(), [values.Length]);

    /// <summary>A node with one output.</summary>
    public string Node(string operation, string[] inputs, params OnnxAttribute[] attributes) => Node(operation, string.Empty, 1, inputs, attributes)[0];

    /// <summary>A node of another domain, or with several outputs.</summary>
    public string[] Node(string operation, string domain, int outputs, string[] inputs, params OnnxAttribute[] attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => Name(operation))];
        NamedNode(operation, inputs, names, domain, attributes);
        return names;
    }

    /// <summary>A node whose outputs have names already.</summary>
    public void NamedNode(string operation, string[] inputs, string[] outputs, string domain = "", params OnnxAttribute[] attributes)
    {
        string name = Name("node");
        _fields.Add(graph => graph.Write(OnnxFields.GraphNode, node =>
        {
            Array.ForEach(inputs, input => node.Write(OnnxFields.NodeInput, input));
            Array.ForEach(outputs, output => node.Write(OnnxFields.NodeOutput, output));
            node.Write(OnnxFields.NodeName, name);
            node.Write(OnnxFields.NodeOperation, operation);
            Array.ForEach(attributes, attribute => node.Write(OnnxFields.NodeAttribute, attribute.Write));
            node.Write(OnnxFields.NodeDomain, domain);
        }));
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path)
    {
        using ProtobufWriter graph = new();
        graph.Write(OnnxFields.GraphName, "graph");
        _fields.ForEach(field => field(graph));
        byte[] fields = graph.ToArray();
        using ProtobufWriter model = new();
        model.Write(OnnxFields.ModelIrVersion, IrVersion);
        WriteOperatorSet(model, string.Empty, OperatorSet);
        WriteOperatorSet(model, Microsoft, 1);
        model.WriteLength(OnnxFields.ModelGraph, fields.Length + _constants.Sum(static constant => constant.Length));
        using FileStream file = File.Create(path);
        file.Write(model.ToArray());
        file.Write(fields);
        _constants.ForEach(constant => constant.WriteTo(file));
    }

    private static void WriteOperatorSet(ProtobufWriter model, string domain, int version) => model.Write(OnnxFields.ModelOperatorSet, set =>
    {
        set.Write(OnnxFields.OperatorSetDomain, domain);
        set.Write(OnnxFields.OperatorSetVersion, version);
    });

    private static void Describe(ProtobufWriter value, string name, OnnxType type, OnnxDim[] dims)
    {
        value.Write(OnnxFields.ValueName, name);
        value.Write(OnnxFields.ValueType, any => any.Write(OnnxFields.TypeTensor, tensor =>
        {
            tensor.Write(OnnxFields.TensorTypeElement, (long)type);
            tensor.Write(OnnxFields.TensorTypeShape, shape => Array.ForEach(dims, dim => shape.Write(OnnxFields.ShapeDim, message => Describe(message, dim))));
        }));
    }

    private static void Describe(ProtobufWriter message, OnnxDim dim)
    {
        if (dim.Name is null)
        {
            message.Write(OnnxFields.DimSize, dim.Size);
        }
        else
        {
            message.Write(OnnxFields.DimName, dim.Name);
        }
    }

    private string Constant(OnnxType type, byte[] data, long[] dims)
    {
        string name = Name("constant");
        _constants.Add(new(name, type, dims, data));
        return name;
    }

    private string Name(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}_{_names++}");
}
