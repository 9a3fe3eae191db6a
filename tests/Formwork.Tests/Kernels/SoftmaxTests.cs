using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class SoftmaxTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // e^0 : e^(ln 3) = 1 : 3.
        float[] scores = [0, MathF.Log(3)];
        Softmax.Apply(scores);
        Assert.Equal(0.25f, scores[0], 1e-7);
        Assert.Equal(0.75f, scores[1], 1e-7);
    }

    [Fact]
    public void Every_length_up_to_70_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int length = 0; length <= 70; length++)
        {
            Check(Samples.Uniform(random, length, -20, 20));
        }
    }

    [Theory]
    [InlineData(-1e4f)]
    [InlineData(1e4f)]
    public void Large_scores_neither_overflow_nor_vanish(float center) =>
        Check(Samples.Uniform(new Random(2), 1500, center - 5, center + 5));

    [Fact]
    public void A_masked_score_gives_exactly_zero()
    {
        float[] scores = [1, float.NegativeInfinity, 1];
        Softmax.Apply(scores);
        Assert.Equal([0.5f, 0, 0.5f], scores);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    public void All_masked_gives_all_zeros(int length)
    {
        float[] scores = new float[length];
        Array.Fill(scores, float.NegativeInfinity);
        Softmax.Apply(scores);
        Assert.All(scores, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_score_that_has_no_meaning_shows_everywhere(float score)
    {
        for (int place = 0; place < 21; place++)
        {
            float[] scores = new float[21];
            scores[place] = score;
            Softmax.Apply(scores);
            Assert.All(scores, value => Assert.True(float.IsNaN(value)));
        }
    }

    /// <summary>
    /// Within 4·10⁻⁷ of each weight (its exponential, the sum of them and two roundings), and what rounding score − max does to the exponential.
    /// </summary>
    private static void Check(float[] values)
    {
        Fenced scores = new(values);
        Softmax.Apply(scores.Span);
        scores.AssertIntact();
        double[] expected = Reference.Softmax(values);
        float max = values.DefaultIfEmpty().Max();
        for (int i = 0; i < values.Length; i++)
        {
            double bound = ((4e-7 + (Reference.UnitRoundoff * (max - values[i]))) * expected[i]) + float.Epsilon;
            Assert.InRange(scores.Span[i], expected[i] - bound, expected[i] + bound);
        }
    }
}
