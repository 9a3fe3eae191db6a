namespace Formwork.Kernels;

/// <summary>A format whose products are of integers: what its kernels need to know of it.</summary>
internal unsafe interface IQuantizedFormat : IWeightFormat
{
    /// <summary>The tallest tile whose sums, weights and input fit the registers.</summary>
    static abstract int MostRows<V>()
        where V : unmanaged, ISimd<V>;

    /// <summary>Bytes of one quantised row of activations, padding included.</summary>
    static abstract nint RowBytes(nint inputs);

    /// <summary>Numbers that the sums of one row start at.</summary>
    static abstract int StartsOf(nint inputs);

    /// <summary>Writes one row of activations as the kernels read it, and what its sums start at.</summary>
    static abstract void Quantize<V, I>(float* x, nint inputs, float inverse, byte* to, int* starts)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>;

    /// <summary>Whole panels for one row.</summary>
    static abstract void Row<V, I, TEpilogue>(QuantizedRows x, nint inputs, byte* weights, nint panelBytes, nint panels, float* bias, float* y)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue;

    /// <summary>One panel for 2 .. <see cref="MostRows"/> rows.</summary>
    static abstract void Tile<V, I, TEpilogue>(int rows, QuantizedRows x, nint inputs, byte* weights, float* bias, float* y, nint stride)
        where V : unmanaged, ISimd<V>
        where I : unmanaged, IIntegers<I, V>
        where TEpilogue : struct, IEpilogue;
}
