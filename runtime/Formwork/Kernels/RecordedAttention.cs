using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>What is read from recorded attention weights.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordedAttention
{
    /// <summary>The mean of the recorded weights of one query over its layers and heads.</summary>
    /// <param name="recorded">Weights [layers][heads, capacity], <paramref name="layerStride"/> floats from layer to layer; may go on behind the last.</param>
    /// <param name="layers">Positive.</param>
    /// <param name="layerStride">At least heads · capacity.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="capacity">Positive.</param>
    /// <param name="mean">Result: the first positions of each row, at most <paramref name="capacity"/>; must not overlap <paramref name="recorded"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    public static void Mean(ReadOnlySpan<float> recorded, int layers, int layerStride, int heads, int capacity, Span<float> mean)
    {
        ShapeGate.AtLeast(mean.Length, capacity, nameof(capacity), "as many as mean");
        ShapeGate.AtLeast(((layers - 1L) * layerStride) + ((long)heads * capacity), recorded.Length, nameof(recorded), "layers · heads · capacity");
        mean.Clear();
        for (int layer = 0; layer < layers; layer++)
        {
            for (int head = 0; head < heads; head++)
            {
                Residual.Add(mean, recorded.Slice((layer * layerStride) + (head * capacity), mean.Length));
            }
        }

        float share = 1f / (layers * heads);
        foreach (ref float weight in mean)
        {
            weight *= share;
        }
    }
}
