using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class AttentionCacheTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    public void Capacity_is_in_whole_blocks(int positions, int expected) => Assert.Equal(expected, AttentionCache.Capacity(positions));

    [Fact]
    public void Keys_and_values_lie_as_the_layout_says()
    {
        const int Heads = 3;
        const int HeadDim = 5;
        const int Capacity = 32;
        Fenced keys = new(Heads * HeadDim * Capacity);
        Fenced values = new(Heads * HeadDim * Capacity);
        for (int position = 0; position < Capacity; position++)
        {
            float[] entry = [.. Enumerable.Range(0, Heads * HeadDim).Select(i => (position * 100f) + i)];
            AttentionCache.StoreKey(entry, keys.Span, position, Heads, HeadDim, Capacity);
            AttentionCache.StoreValue(entry, values.Span, position, Heads, HeadDim, Capacity);
        }

        for (int head = 0; head < Heads; head++)
        {
            for (int position = 0; position < Capacity; position++)
            {
                for (int j = 0; j < HeadDim; j++)
                {
                    float expected = (position * 100f) + (head * HeadDim) + j;
                    int key = (((((head * (Capacity / 16)) + (position / 16)) * HeadDim) + j) * 16) + (position % 16);
                    int value = (((head * Capacity) + position) * HeadDim) + j;
                    Assert.Equal(expected, keys.Span[key]);
                    Assert.Equal(expected, values.Span[value]);
                }
            }
        }

        keys.AssertIntact();
        values.AssertIntact();
    }

    [Fact]
    public void A_mismatched_argument_is_named()
    {
        float[] entry = new float[6];
        float[] cache = new float[6 * 16];
        Assert.Throws<ArgumentException>("key", () => AttentionCache.StoreKey(new float[5], cache, 0, 2, 3, 16));
        Assert.Throws<ArgumentException>("keys", () => AttentionCache.StoreKey(entry, new float[95], 0, 2, 3, 16));
        Assert.Throws<ArgumentException>("value", () => AttentionCache.StoreValue(new float[5], cache, 0, 2, 3, 16));
        Assert.Throws<ArgumentException>("values", () => AttentionCache.StoreValue(entry, new float[95], 0, 2, 3, 16));
        Assert.Throws<ArgumentException>("capacity", () => AttentionCache.StoreKey(entry, cache, 0, 2, 3, 17));
        Assert.Throws<ArgumentOutOfRangeException>("position", () => AttentionCache.StoreKey(entry, cache, 16, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("position", () => AttentionCache.StoreKey(entry, cache, -1, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("heads", () => AttentionCache.StoreKey(entry, cache, 0, 0, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("headDim", () => AttentionCache.StoreKey(entry, cache, 0, 2, 0, 16));
        Assert.Throws<ArgumentOutOfRangeException>("positions", () => AttentionCache.Capacity(-1));
    }
}
