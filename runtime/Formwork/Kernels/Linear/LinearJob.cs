namespace Formwork.Kernels;

/// <summary>The checked and pinned operands of one projection.</summary>
internal unsafe struct LinearJob
{
    /// <summary>Activations [rows, inputs].</summary>
    public float* X;

    /// <summary>The packed matrix.</summary>
    public byte* Panels;

    /// <summary>One value an output, padded to whole panels; null where there is none.</summary>
    public float* Bias;

    /// <summary>Result [rows, <see cref="Stride"/>].</summary>
    public float* Y;

    public int Rows;
    public nint Inputs;
    public int Outputs;

    /// <summary>Floats from one row of the result to the next.</summary>
    public nint Stride;

    /// <summary>Bytes from one panel to the next.</summary>
    public nint PanelBytes;

    /// <summary>Quantised activations, where the format wants them.</summary>
    public QuantizedRows Quantized;

    /// <summary>Panels, the last of which may be partly padding.</summary>
    public readonly int PanelCount => (Outputs + PanelLayout.Width - 1) / PanelLayout.Width;

    /// <summary>The bias from <paramref name="output"/> on, or null.</summary>
    public readonly float* BiasAt(int output) => Bias == null ? null : Bias + output;
}
