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
        mean.Clear();
        AddMean(recorded, layers, layerStride, heads, capacity, mean);
    }

    /// <summary>Adds the mean of the recorded weights of one query over its layers and heads, for the coverage of a source.</summary>
    /// <param name="recorded">Weights [layers][heads, capacity], <paramref name="layerStride"/> floats from layer to layer; may go on behind the last.</param>
    /// <param name="layers">Positive.</param>
    /// <param name="layerStride">At least heads · capacity.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="capacity">Positive.</param>
    /// <param name="sum">Receives the first positions' means on top of what it holds, at most <paramref name="capacity"/>; must not overlap <paramref name="recorded"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape.</exception>
    public static void AddMean(ReadOnlySpan<float> recorded, int layers, int layerStride, int heads, int capacity, Span<float> sum)
    {
        ShapeGate.AtLeast(sum.Length, capacity, nameof(capacity), "as many as are summed");
        ShapeGate.AtLeast(((layers - 1L) * layerStride) + ((long)heads * capacity), recorded.Length, nameof(recorded), "layers · heads · capacity");
        float share = 1f / (layers * heads);
        for (int layer = 0; layer < layers; layer++)
        {
            for (int head = 0; head < heads; head++)
            {
                ReadOnlySpan<float> weights = recorded.Slice((layer * layerStride) + (head * capacity), sum.Length);
                for (int position = 0; position < sum.Length; position++)
                {
                    sum[position] += weights[position] * share;
                }
            }
        }
    }
}
