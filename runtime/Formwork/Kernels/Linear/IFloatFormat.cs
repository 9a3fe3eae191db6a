namespace Formwork.Kernels;

/// <summary>A format whose weights become floats on their way into a register. A panel is [inputs][32 weights].</summary>
internal unsafe interface IFloatFormat : IWeightFormat
{
    /// <summary>Bytes that one input takes in a panel.</summary>
    static abstract int RowBytes { get; }

    /// <summary>Reads the weights of 2 · Width outputs: <paramref name="left"/> starts at the address, <paramref name="right"/> half a panel on.</summary>
    /// <param name="weights">Four bytes for every output before <paramref name="left"/>'s first, from the start of a panel's row.</param>
    /// <param name="left">The first outputs' weights.</param>
    /// <param name="right">The weights of the outputs 16 further on.</param>
    static abstract void LoadPair<V>(byte* weights, out V left, out V right)
        where V : unmanaged, ISimd<V>;
}
