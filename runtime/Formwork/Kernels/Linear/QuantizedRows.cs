namespace Formwork.Kernels;

/// <summary>Rows of activations as integers, laid out for one format's kernel.</summary>
internal unsafe struct QuantizedRows
{
    /// <summary>One in both 16-bit halves: a number that the compiler does not know, so that kernels keep it in a register.</summary>
    public int Ones;

    /// <summary>The rows' integers.</summary>
    public byte* Values;

    /// <summary>Bytes from one row to the next.</summary>
    public nint Stride;

    /// <summary>One factor a row: activation = integer · scale. NaN for a row that is not finite.</summary>
    public float* Scales;

    /// <summary>One number a row that its sums start at.</summary>
    public int* Starts;
}
