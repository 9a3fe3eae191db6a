using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class AttentionTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // query (1 2), keys (3 4) and (5 6), scale ½: scores 5.5 and 8.5. Weights ¼ and ¾ of values (4 8) and (8 4): context (7 5).
        float[] keys = new float[2 * 16];
        AttentionCache.StoreKey([3, 4], keys, 0, heads: 1, headDim: 2, capacity: 16);
        AttentionCache.StoreKey([5, 6], keys, 1, heads: 1, headDim: 2, capacity: 16);
        float[] scores = new float[16];
        Attention.Scores([1, 2], keys, 0.5f, scores, length: 2);
        Assert.Equal([5.5f, 8.5f], scores[..2]);

        float[] context = new float[2];
        Attention.WeightedSum([0.25f, 0.75f], [4, 8, 8, 4], context, length: 2);
        Assert.Equal([7, 5], context);
    }

    [Fact]
    public void No_positions_give_no_scores_and_a_zero_context()
    {
        Attention.Scores([1, 2], [], 1, [], length: 0);
        foreach (int headDim in (int[])[1, 4, 64, 80])
        {
            float[] context = new float[headDim];
            Array.Fill(context, 9);
            Attention.WeightedSum([], [], context, length: 0);
            Assert.All(context, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Every_head_dimension_up_to_80_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int headDim = 1; headDim <= 80; headDim++)
        {
            CheckScores(random, headDim, random.Next(1, 71));
            CheckWeightedSum(random, headDim, random.Next(1, 71));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(36)]
    [InlineData(64)]
    [InlineData(160)]
    public void Every_length_up_to_70_agrees_with_the_reference(int headDim)
    {
        Random random = new(2);
        for (int length = 1; length <= 70; length++)
        {
            CheckScores(random, headDim, length);
            CheckWeightedSum(random, headDim, length);
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(36)]
    [InlineData(64)]
    public void A_position_scores_the_same_bits_whatever_follows_it(int headDim)
    {
        Random random = new(3);
        float[] query = Samples.Uniform(random, headDim);
        float[] keys = Samples.Uniform(random, 80 * headDim);
        float[] all = new float[80];
        Attention.Scores(query, keys, 0.3f, all, 80);
        for (int length = 1; length < 80; length++)
        {
            float[] some = new float[80];
            Attention.Scores(query, keys, 0.3f, some, length);
            Bits.AssertSame(all.AsSpan(0, length), some.AsSpan(0, length));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(36)]
    [InlineData(64)]
    [InlineData(80)]
    public void Positions_of_weight_zero_do_not_change_a_bit(int headDim)
    {
        Random random = new(4);
        float[] values = Samples.Uniform(random, 40 * headDim);
        for (int length = 1; length < 40; length++)
        {
            float[] weights = new float[40];
            Samples.Uniform(random, length, 0, 1).CopyTo(weights, 0);
            float[] some = new float[headDim];
            float[] all = new float[headDim];
            Attention.WeightedSum(weights, values, some, length);
            Attention.WeightedSum(weights, values, all, 40);
            Bits.AssertSame(some, all);
        }
    }

    [Fact]
    public void A_mismatched_length_names_its_argument()
    {
        float[] query = new float[4];
        float[] keys = new float[4 * 32];
        float[] scores = new float[32];
        Assert.Throws<ArgumentException>("query", () => Attention.Scores([], keys, 1, scores, 17));
        Assert.Throws<ArgumentException>("keys", () => Attention.Scores(query, keys.AsSpan(1), 1, scores, 17));
        Assert.Throws<ArgumentException>("scores", () => Attention.Scores(query, keys, 1, scores.AsSpan(1), 17));
        Assert.Throws<ArgumentException>("weights", () => Attention.WeightedSum(new float[2], new float[12], query, 3));
        Assert.Throws<ArgumentException>("values", () => Attention.WeightedSum(new float[3], new float[11], query, 3));
        Assert.Throws<ArgumentOutOfRangeException>("length", () => Attention.WeightedSum([], [], query, -1));
    }

    /// <summary>The cache past the length is NaN; the bound is that of a sum of headDim terms in any order.</summary>
    private static void CheckScores(Random random, int headDim, int length)
    {
        int capacity = AttentionCache.Capacity(length);
        float[] dense = Samples.Uniform(random, length * headDim);
        Fenced query = new(Samples.Uniform(random, headDim));
        Fenced keys = new(capacity * headDim);
        keys.Span.Fill(float.NaN);
        for (int t = 0; t < length; t++)
        {
            AttentionCache.StoreKey(dense.AsSpan(t * headDim, headDim), keys.Span, t, 1, headDim, capacity);
        }

        Fenced scores = new(capacity);
        Attention.Scores(query.Span, keys.Span, 0.125f, scores.Span, length);
        scores.AssertIntact();
        for (int t = 0; t < length; t++)
        {
            (double value, double magnitude) = Reference.Linear(query.Span, dense, [], 0, t, headDim);
            double bound = 2 * (headDim + 1) * Reference.UnitRoundoff * magnitude * 0.125;
            Assert.InRange(scores.Span[t], (value * 0.125) - bound, (value * 0.125) + bound);
        }
    }

    private static void CheckWeightedSum(Random random, int headDim, int length)
    {
        Fenced weights = new(Samples.Uniform(random, length, 0, 1));
        Fenced values = new(Samples.Uniform(random, length * headDim));
        Fenced context = new(headDim);
        Attention.WeightedSum(weights.Span, values.Span, context.Span, length);
        context.AssertIntact();
        for (int j = 0; j < headDim; j++)
        {
            double value = 0;
            double magnitude = 0;
            for (int t = 0; t < length; t++)
            {
                double term = (double)weights.Span[t] * values.Span[(t * headDim) + j];
                value += term;
                magnitude += Math.Abs(term);
            }

            double bound = 2 * (length + 1) * Reference.UnitRoundoff * magnitude;
            Assert.InRange(context.Span[j], value - bound, value + bound);
        }
    }
}
