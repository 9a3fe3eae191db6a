using Formwork.Generation.Constraints;
using Formwork.Tests.Kernels;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class PrefixBiasTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(0.3f)]
    [InlineData(0.999f)]
    public void Probabilities_give_up_a_part_to_the_next_token(float beta)
    {
        float[] scores = Samples.Uniform(new Random(4), 50, -8, 2);
        double normalizer = Reference.LogSumExp(scores);
        float[] biased = [.. scores.Select(score => (float)(score - normalizer))];
        double[] expected = [.. biased.Select((score, token) => ((1 - (double)beta) * Math.Exp(score)) + (token == 7 ? beta : 0))];

        PrefixBias.Apply(biased, 7, beta);
        for (int token = 0; token < biased.Length; token++)
        {
            Assert.Equal(Math.Log(expected[token]), biased[token], 2e-6);
        }

        Assert.Equal(1, biased.Sum(score => Math.Exp(score)), 1e-5);
    }

    [Fact]
    public void A_token_that_is_impossible_becomes_as_probable_as_the_wish()
    {
        float[] biased = [0, float.NegativeInfinity, float.NegativeInfinity];
        PrefixBias.Apply(biased, 1, 0.25f);
        Assert.Equal([MathF.Log(0.75f), MathF.Log(0.25f), float.NegativeInfinity], biased);
    }

    [Fact]
    public void Improbable_tokens_are_not_lost_and_NaN_stays()
    {
        float[] biased = [-200, -300, float.NaN];
        PrefixBias.Apply(biased, 2, 0.5f);
        Assert.Equal(-200 + MathF.Log(0.5f), biased[0]);
        Assert.Equal(-300 + MathF.Log(0.5f), biased[1]);
        Assert.True(float.IsNaN(biased[2]));
    }
}
