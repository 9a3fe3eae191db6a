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

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 8)]
    [InlineData(1, 67)]
    public void Keys_and_values_lie_as_the_layout_says(int heads, int headDim)
    {
        // One position at a time, and every cut of the positions into two runs of rows.
        const int Capacity = 48;
        int width = heads * headDim;
        int stride = width + 3;
        Fenced source = new(((Capacity - 1) * stride) + width);
        for (int i = 0; i < source.Span.Length; i++)
        {
            source.Span[i] = i;
        }

        for (int cut = 0; cut <= Capacity; cut++)
        {
            Fenced keys = new(width * Capacity);
            Fenced values = new(width * Capacity);
            Store(keys.Span, values.Span, 0, cut);
            Store(keys.Span, values.Span, cut, Capacity - cut);
            keys.AssertIntact();
            values.AssertIntact();
            for (int head = 0; head < heads; head++)
            {
                for (int position = 0; position < Capacity; position++)
                {
                    for (int j = 0; j < headDim; j++)
                    {
                        float expected = (position * stride) + (head * headDim) + j;
                        int key = (((((head * (Capacity / 16)) + (position / 16)) * headDim) + j) * 16) + (position % 16);
                        int value = (((head * Capacity) + position) * headDim) + j;
                        Assert.Equal(expected, keys.Span[key]);
                        Assert.Equal(expected, values.Span[value]);
                    }
                }
            }
        }

        void Store(Span<float> keys, Span<float> values, int position, int rows)
        {
            ReadOnlySpan<float> from = rows == 0 ? [] : source.Span[(position * stride)..];
            AttentionCache.StoreKeys(from, stride, keys, position, rows, heads, headDim, Capacity);
            AttentionCache.StoreValues(from, stride, values, position, rows, heads, headDim, Capacity);
        }
    }

    [Fact]
    public void A_copy_has_the_first_positions_and_touches_nothing_outside_their_blocks()
    {
        const int Heads = 3;
        const int HeadDim = 5;
        const int Capacity = 48;
        Random random = new(1);
        float[] sourceKeys = Samples.Uniform(random, Heads * HeadDim * Capacity);
        float[] sourceValues = Samples.Uniform(random, Heads * HeadDim * Capacity);
        for (int positions = 0; positions <= Capacity; positions++)
        {
            Fenced keys = new(Heads * HeadDim * Capacity);
            Fenced values = new(Heads * HeadDim * Capacity);
            AttentionCache.Copy(sourceKeys, sourceValues, keys.Span, values.Span, positions, Heads, HeadDim, Capacity);
            keys.AssertIntact();
            values.AssertIntact();
            for (int i = 0; i < sourceKeys.Length; i++)
            {
                int inHead = i % (HeadDim * Capacity);
                Assert.Equal(inHead < AttentionCache.Capacity(positions) * HeadDim ? sourceKeys[i] : float.NaN, keys.Span[i]);
                Assert.Equal(inHead < positions * HeadDim ? sourceValues[i] : float.NaN, values.Span[i]);
            }
        }
    }

    [Fact]
    public void A_mismatched_argument_is_named()
    {
        float[] whole = new float[6 * 16];
        float[] wrong = new float[95];
        Assert.Throws<ArgumentException>("sourceKeys", () => AttentionCache.Copy(wrong, whole, whole, whole, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("sourceValues", () => AttentionCache.Copy(whole, wrong, whole, whole, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("keys", () => AttentionCache.Copy(whole, whole, wrong, whole, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("values", () => AttentionCache.Copy(whole, whole, whole, wrong, 1, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("positions", () => AttentionCache.Copy(whole, whole, whole, whole, 17, 2, 3, 16));
        float[] entry = new float[6];
        float[] cache = new float[6 * 16];
        Assert.Throws<ArgumentException>("source", () => AttentionCache.StoreKeys(new float[5], 6, cache, 0, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("source", () => AttentionCache.StoreKeys(new float[12], 7, cache, 0, 2, 2, 3, 16));
        Assert.Throws<ArgumentException>("keys", () => AttentionCache.StoreKeys(entry, 6, new float[95], 0, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("source", () => AttentionCache.StoreValues(new float[5], 6, cache, 0, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("values", () => AttentionCache.StoreValues(entry, 6, new float[95], 0, 1, 2, 3, 16));
        Assert.Throws<ArgumentException>("capacity", () => AttentionCache.StoreKeys(entry, 6, cache, 0, 1, 2, 3, 17));
        Assert.Throws<ArgumentOutOfRangeException>("position", () => AttentionCache.StoreKeys(entry, 6, cache, 16, 1, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("position", () => AttentionCache.StoreKeys(entry, 6, cache, -1, 1, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => AttentionCache.StoreKeys(entry, 6, cache, 0, 17, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => AttentionCache.StoreKeys(entry, 6, cache, 0, -1, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("stride", () => AttentionCache.StoreKeys(entry, 5, cache, 0, 1, 2, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("heads", () => AttentionCache.StoreKeys(entry, 6, cache, 0, 1, 0, 3, 16));
        Assert.Throws<ArgumentOutOfRangeException>("headDim", () => AttentionCache.StoreKeys(entry, 6, cache, 0, 1, 2, 0, 16));
        Assert.Throws<ArgumentOutOfRangeException>("positions", () => AttentionCache.Capacity(-1));
    }
}
