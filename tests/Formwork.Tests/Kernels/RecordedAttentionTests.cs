using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class RecordedAttentionTests
{
    [Theory]
    [InlineData(1, 1, 16, 1)]
    [InlineData(2, 3, 16, 9)]
    [InlineData(3, 2, 48, 48)]
    [InlineData(6, 16, 128, 77)]
    public void The_mean_agrees_with_double_precision(int layers, int heads, int capacity, int length)
    {
        // Rows past the length, and what lies between the layers, are NaN: they do not count.
        int stride = (heads * capacity) + 32;
        Random random = new(1);
        float[] recorded = new float[((layers - 1) * stride) + (heads * capacity)];
        Array.Fill(recorded, float.NaN);
        double[] expected = new double[length];
        for (int row = 0; row < layers * heads; row++)
        {
            float[] weights = Samples.Uniform(random, length, 0, 1);
            weights.CopyTo(recorded, (row / heads * stride) + (row % heads * capacity));
            for (int t = 0; t < length; t++)
            {
                expected[t] += weights[t] / (double)(layers * heads);
            }
        }

        Fenced mean = new(length);
        RecordedAttention.Mean(recorded, layers, stride, heads, capacity, mean.Span);
        mean.AssertIntact();
        for (int t = 0; t < length; t++)
        {
            Assert.Equal(expected[t], mean.Span[t], 1e-6);
        }
    }

    [Fact]
    public void A_mismatched_argument_is_named()
    {
        float[] rows = new float[64];
        Assert.Throws<ArgumentException>("capacity", () => RecordedAttention.Mean(rows, 2, 32, 2, 16, new float[17]));
        Assert.Throws<ArgumentException>("recorded", () => RecordedAttention.Mean(rows.AsSpan(1), 2, 32, 2, 16, new float[16]));
        Assert.Throws<ArgumentException>("recorded", () => RecordedAttention.Mean(rows, 2, 33, 2, 16, new float[16]));
    }
}
