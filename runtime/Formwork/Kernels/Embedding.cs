using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>Looks a token up in an embedding table.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Embedding
{
    /// <summary><c>x = scale · table[token]</c>, read straight from the packed table, which in most models is the output projection too.</summary>
    /// <param name="table">Table [vocabulary, dim].</param>
    /// <param name="token">0 .. vocabulary − 1.</param>
    /// <param name="scale">The factor: 1, or √dim in most families.</param>
    /// <param name="x">Result [dim].</param>
    /// <exception cref="ArgumentException">The result's length is not the table's width.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not in the vocabulary.</exception>
    public static void Lookup<TFormat>(Matrix<TFormat> table, int token, float scale, Span<float> x)
        where TFormat : unmanaged, IWeightFormat
    {
        ShapeGate.Within(0, table.Outputs - 1, token, nameof(token));
        ShapeGate.Exactly(table.Inputs, x.Length, nameof(x), "the table's width");
        TFormat.Unpack(table.PanelOf(token), token % PanelLayout.Width, scale, x);
    }
}
