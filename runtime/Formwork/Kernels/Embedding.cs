using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>Looks a token up in an embedding table.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Embedding
{
    /// <summary>
    /// <c>x = scale · table[token]</c> from a table that is also the output projection and so is packed as <see cref="PanelLayout"/> says.
    /// </summary>
    /// <param name="table">Table [rows, dim], packed.</param>
    /// <param name="token">0 .. <paramref name="rows"/> − 1.</param>
    /// <param name="scale">The factor: 1, or √dim in most families.</param>
    /// <param name="x">Result [dim]; its length says what dim is.</param>
    /// <param name="rows">The size of the vocabulary; positive.</param>
    /// <exception cref="ArgumentException">The table's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not in the vocabulary.</exception>
    public static void FromPanels(ReadOnlySpan<float> table, int token, float scale, Span<float> x, int rows)
    {
        ShapeGate.Within(1, int.MaxValue, rows, nameof(rows));
        ShapeGate.Within(0, rows - 1, token, nameof(token));
        ShapeGate.Exactly(PanelLayout.Length(rows, x.Length), table.Length, nameof(table), "PanelLayout.Length(rows, dim)");

        ReadOnlySpan<float> panel = table.Slice(token / PanelLayout.Width * x.Length * PanelLayout.Width, x.Length * PanelLayout.Width);
        int lane = token % PanelLayout.Width;
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = scale * panel[(i * PanelLayout.Width) + lane];
        }
    }

    /// <summary><c>x = scale · table[token]</c> from a dense table.</summary>
    /// <param name="table">Table [rows, dim], one row after another.</param>
    /// <param name="token">0 .. <paramref name="rows"/> − 1.</param>
    /// <param name="scale">The factor: 1, or √dim in most families.</param>
    /// <param name="x">Result [dim]; its length says what dim is.</param>
    /// <param name="rows">The size of the vocabulary; positive.</param>
    /// <exception cref="ArgumentException">The table's length does not match the shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="token"/> is not in the vocabulary.</exception>
    public static void FromRows(ReadOnlySpan<float> table, int token, float scale, Span<float> x, int rows)
    {
        ShapeGate.Within(1, int.MaxValue, rows, nameof(rows));
        ShapeGate.Within(0, rows - 1, token, nameof(token));
        ShapeGate.Exactly((long)rows * x.Length, table.Length, nameof(table), "rows · dim");

        ReadOnlySpan<float> row = table.Slice(token * x.Length, x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = scale * row[i];
        }
    }
}
