using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>
/// How a weight matrix W [outputs, inputs] lies in memory once packed: panels of <see cref="Width"/> outputs side by side, one panel after
/// another, so the float for output n and input k is at <c>[n / 32][k][n % 32]</c>. A kernel then reads weights strictly forwards, whole
/// registers at a time, for one row of activations or for many. The last panel is filled up with zeros.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PanelLayout
{
    /// <summary>Outputs in a panel: two AVX-512 registers, four of AVX2, eight of 128 bits.</summary>
    public const int Width = 32;

    /// <summary><paramref name="outputs"/> rounded up to whole panels: what a bias must be padded to.</summary>
    /// <param name="outputs">Rows of the weight matrix; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is negative or too large to round up.</exception>
    public static int PaddedOutputs(int outputs)
    {
        ShapeGate.Within(0, int.MaxValue / Width * Width, outputs, nameof(outputs));
        return (outputs + Width - 1) / Width * Width;
    }

    /// <summary>Floats in the packed matrix, padding included.</summary>
    /// <param name="outputs">Rows of the weight matrix; not negative.</param>
    /// <param name="inputs">Columns of the weight matrix; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative.</exception>
    public static long Length(int outputs, int inputs)
    {
        ShapeGate.Within(0, int.MaxValue, inputs, nameof(inputs));
        return (long)PaddedOutputs(outputs) * inputs;
    }

    /// <summary>Where W[output, input] lies, in floats from the start of the packed matrix.</summary>
    /// <param name="output">Row of the weight matrix; not negative.</param>
    /// <param name="input">Column of the weight matrix, 0 .. <paramref name="inputs"/> − 1.</param>
    /// <param name="inputs">Columns of the weight matrix; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static long IndexOf(int output, int input, int inputs)
    {
        ShapeGate.Within(1, int.MaxValue, inputs, nameof(inputs));
        ShapeGate.Within(0, inputs - 1, input, nameof(input));
        ShapeGate.Within(0, int.MaxValue, output, nameof(output));
        return ((((long)(output / Width) * inputs) + input) * Width) + (output % Width);
    }
}
