namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>Field numbers of <c>onnx.proto</c>, each named after its message and field, and the enumeration values that go with them.</summary>
internal static class OnnxFields
{
    public const int ModelIrVersion = 1;
    public const int ModelGraph = 7;
    public const int ModelOperatorSet = 8;

    public const int OperatorSetDomain = 1;
    public const int OperatorSetVersion = 2;

    public const int GraphNode = 1;
    public const int GraphName = 2;
    public const int GraphInitializer = 5;
    public const int GraphInput = 11;
    public const int GraphOutput = 12;

    public const int NodeInput = 1;
    public const int NodeOutput = 2;
    public const int NodeName = 3;
    public const int NodeOperation = 4;
    public const int NodeAttribute = 5;
    public const int NodeDomain = 7;

    public const int AttributeName = 1;
    public const int AttributeFloat = 2;
    public const int AttributeInteger = 3;
    public const int AttributeIntegers = 8;
    public const int AttributeType = 20;

    public const int AttributeTypeFloat = 1;
    public const int AttributeTypeInteger = 2;
    public const int AttributeTypeIntegers = 7;

    public const int TensorDim = 1;
    public const int TensorDataType = 2;
    public const int TensorName = 8;
    public const int TensorRawData = 9;

    public const int ValueName = 1;
    public const int ValueType = 2;
    public const int TypeTensor = 1;
    public const int TensorTypeElement = 1;
    public const int TensorTypeShape = 2;
    public const int ShapeDim = 1;
    public const int DimSize = 1;
    public const int DimName = 2;
}
