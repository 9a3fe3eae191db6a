namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>ONNX's element types (<c>TensorProto.DataType</c>) that the graphs use.</summary>
internal enum OnnxType
{
    /// <summary>32-bit floats.</summary>
    Float = 1,

    /// <summary>Signed bytes.</summary>
    Int8 = 3,

    /// <summary>64-bit integers.</summary>
    Int64 = 7,
}
