using System.ComponentModel;

namespace Formwork.Generation;

/// <summary>How much attention each source position has had.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Coverage
{
    /// <summary>Adds a part of recorded cross-attention weights' mean.</summary>
    /// <param name="weights">The weights of some heads: [heads of this part × capacity].</param>
    /// <param name="capacity">Floats from one head to the next.</param>
    /// <param name="heads">Heads that the mean is over, those of all parts.</param>
    /// <param name="coverage">Receives the sums: [source length].</param>
    public static void Add(ReadOnlySpan<float> weights, int capacity, int heads, Span<float> coverage)
    {
        float share = 1f / heads;
        for (int start = 0; start < weights.Length; start += capacity)
        {
            ReadOnlySpan<float> head = weights.Slice(start, coverage.Length);
            for (int position = 0; position < coverage.Length; position++)
            {
                coverage[position] += head[position] * share;
            }
        }
    }
}
