namespace Formwork.Kernels;

/// <summary>The checked and pinned arguments of <see cref="Linear.Apply"/>. <see cref="Bias"/> is null where there is none.</summary>
internal readonly unsafe struct LinearOperands(float* x, float* weight, float* bias, float* y, int rows, int inputs, int outputs)
{
    public readonly float* X = x;
    public readonly float* Weight = weight;
    public readonly float* Bias = bias;
    public readonly float* Y = y;
    public readonly int Rows = rows;
    public readonly nint Inputs = inputs;
    public readonly int Outputs = outputs;

    /// <summary>The bias from <paramref name="output"/> on, or null.</summary>
    public float* BiasAt(int output) => Bias == null ? null : Bias + output;
}
