using Formwork.Generation.Sampling;
using Formwork.Tests.Kernels;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class RankedTokenTests
{
    [Fact]
    public void Higher_scores_come_first_and_lower_ids_among_equals()
    {
        float[] scores = [-0f, float.NegativeInfinity, -1e-40f, 3, 0, float.MaxValue, 3, -7, float.MinValue, 1e-40f];
        ulong[] ranked = [.. scores.Select((score, token) => RankedToken.Of(token, score)).Order()];
        Assert.Equal([5, 3, 6, 9, 0, 4, 2, 7, 8, 1], ranked.Select(RankedToken.Token));
    }

    [Fact]
    public void The_best_ones_agree_with_a_sort_of_all()
    {
        Random random = new(10);
        for (int trial = 0; trial < 500; trial++)
        {
            int length = random.Next(1, 200);
            int count = random.Next(1, length + 1);
            ulong[] ranked = [.. Samples.Uniform(random, length).Select((score, token) => RankedToken.Of(token, MathF.Round(score * 5)))];
            if (trial % 5 == 0)
            {
                // The worst order: everything is better than what came before.
                Array.Sort(ranked);
                Array.Reverse(ranked);
            }

            ulong[] expected = [.. ranked.Order().Take(count)];
            RankedToken.SortBest(ranked, count);
            Assert.Equal(expected, ranked[..count]);
        }
    }
}
