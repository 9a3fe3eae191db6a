using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>
/// A packed weight matrix [outputs, inputs] in memory that somebody else owns and keeps alive: a view, as generated code takes it from its
/// weights for one call.
/// </summary>
/// <typeparam name="TFormat">How it is packed.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Matrix<TFormat>
    where TFormat : unmanaged, IWeightFormat
{
    /// <summary>A view of packed panels at a multiple of 64 bytes.</summary>
    internal Matrix(byte* panels, int outputs, int inputs)
    {
        Panels = panels;
        Outputs = outputs;
        Inputs = inputs;
    }

    /// <summary>Rows of the matrix.</summary>
    public int Outputs { get; }

    /// <summary>Columns of the matrix.</summary>
    public int Inputs { get; }

    internal byte* Panels { get; }

    /// <summary>The panel that holds an output.</summary>
    internal byte* PanelOf(int output) => Panels + (output / PanelLayout.Width * TFormat.PanelBytes(Inputs));
}
