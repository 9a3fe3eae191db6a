namespace Formwork.Benchmarks.Peers.Onnx;

/// <summary>A dimension of an input or output: a size, or the name of one that varies.</summary>
internal readonly record struct OnnxDim(long Size, string? Name)
{
    /// <summary>A size.</summary>
    public static implicit operator OnnxDim(int size) => new(size, null);

    /// <summary>The name of a size that varies.</summary>
    public static implicit operator OnnxDim(string name) => new(0, name);
}
