namespace Formwork.Benchmarks.Peers.Graphs;

/// <summary>How attention is written down; which one is faster depends on the shape, so both are measured.</summary>
internal enum Flavour
{
    /// <summary>As PyTorch exports it: matrix products, softmax and transpositions.</summary>
    Plain,

    /// <summary>Queries, keys and values in one product, and ONNX Runtime's own MultiHeadAttention, as its optimiser writes it.</summary>
    Fused,
}
