using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>
/// What every <see cref="IWeightFormat"/> has in common: outputs lie in panels of <see cref="Width"/> side by side, one panel after another,
/// so that a kernel reads weights strictly forwards, whole registers at a time, for one row of activations or for many. The last panel is
/// filled up with zeros.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PanelLayout
{
    /// <summary>Outputs in a panel: two AVX-512 registers, four of AVX2, eight of 128 bits.</summary>
    public const int Width = 32;

    /// <summary>Half a panel: kernels work on two registers of outputs that lie this far apart, which is how 16-bit weights are paired.</summary>
    internal const int Half = Width / 2;

    /// <summary><paramref name="outputs"/> rounded up to whole panels: what a bias must be padded to.</summary>
    /// <param name="outputs">Rows of the weight matrix; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is negative or too large to round up.</exception>
    public static int PaddedOutputs(int outputs)
    {
        ShapeGate.Within(0, int.MaxValue / Width * Width, outputs, nameof(outputs));
        return (outputs + Width - 1) / Width * Width;
    }

    /// <summary>Bytes of a packed matrix: a multiple of 64.</summary>
    /// <typeparam name="TFormat">How it is packed.</typeparam>
    /// <param name="outputs">Rows; not negative.</param>
    /// <param name="inputs">Columns; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative or too large.</exception>
    public static long Bytes<TFormat>(int outputs, int inputs)
        where TFormat : unmanaged, IWeightFormat
    {
        ShapeGate.Within(0, int.MaxValue - Width, inputs, nameof(inputs));
        return PaddedOutputs(outputs) / Width * TFormat.PanelBytes(inputs);
    }
}
