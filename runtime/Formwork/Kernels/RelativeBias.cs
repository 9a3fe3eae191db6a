using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>
/// What is added to attention scores for the distance from query to key, one table for all layers, from "Exploring the Limits of Transfer Learning
/// with a Unified Text-to-Text Transformer" (Raffel et al., 2020), §2.1: <c>bias(head, query, key) = table[head][origin + key − query]</c>.
/// The table holds a number for every distance, not for every bucket of distances, so that a query's biases lie side by side.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct RelativeBias
{
    /// <summary>Floats behind the last distance: keys are read in whole registers.</summary>
    public const int Padding = AttentionCache.PositionBlock;

    /// <summary>Takes a table.</summary>
    /// <param name="table">Biases [heads, stride].</param>
    /// <param name="stride">Floats from one head's to the next.</param>
    /// <param name="origin">The place of distance 0 in a head's row.</param>
    public RelativeBias(ReadOnlySpan<float> table, int stride, int origin)
    {
        Table = table;
        Stride = stride;
        Origin = origin;
    }

    internal ReadOnlySpan<float> Table { get; }

    internal int Stride { get; }

    internal int Origin { get; }

    /// <summary>Floats of one head's row for keys up to so many positions before a query and so many behind it.</summary>
    /// <param name="before">The largest distance to an earlier key.</param>
    /// <param name="behind">The largest distance to a later key.</param>
    public static int StrideOf(int before, int behind) => before + 1 + behind + Padding;

    /// <summary>Refuses a table that does not reach from the last query's first key to the first query's last, whole registers of keys read.</summary>
    internal void Check(int heads, int firstQuery, int queries, int length)
    {
        ShapeGate.Exactly((long)heads * Stride, Table.Length, "bias", "heads · stride");
        int lastQuery = firstQuery + Math.Max(queries, 1) - 1;
        int lastKey = AttentionCache.Capacity(length) - 1;
        if (Origin - lastQuery < 0 || (long)Origin + lastKey - firstQuery >= Stride)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"The biases of {length} keys for queries {firstQuery} to {lastQuery} do not lie in rows of {Stride} with distance 0 at {Origin}.");
        }
    }
}
