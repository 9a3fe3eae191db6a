using Formwork.Generation;
using Formwork.Generation.Sampling;
using Formwork.Tests.Kernels;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class TokenSamplerTests
{
    private static readonly float[] Tenths = [.. new[] { 1, 2, 3, 4 }.Select(static tenths => MathF.Log(tenths / 10f))];

    [Theory]
    [InlineData(1f, 0, 1f, 0f)]
    [InlineData(0.7f, 0, 1f, 0f)]
    [InlineData(2f, 5, 1f, 0f)]
    [InlineData(1f, 0, 0.8f, 0f)]
    [InlineData(1.5f, 8, 0.7f, 0f)]
    [InlineData(1f, 0, 1f, 0.2f)]
    [InlineData(0.8f, 7, 0.9f, 0.1f)]
    public void Tokens_come_as_often_as_their_probabilities_say(float temperature, int topK, float topP, float minP)
    {
        float[] scores = Samples.Uniform(new Random(11), 10, -2, 2);
        GenerationOptions options = new() { Sample = true, Temperature = temperature, TopK = topK, TopP = topP, MinP = minP };
        double[] expected = Probabilities(scores, options);
        const int Draws = 50_000;
        int[] counts = Draw(scores, options, Draws);
        double chiSquare = 0;
        for (int token = 0; token < scores.Length; token++)
        {
            if (expected[token] == 0)
            {
                Assert.Equal(0, counts[token]);
                continue;
            }

            double difference = counts[token] - (Draws * expected[token]);
            chiSquare += difference * difference / (Draws * expected[token]);
        }

        // With 9 degrees of freedom or fewer, one in a hundred is above 21.7; the seed is fixed, so this says the same in every run.
        Assert.InRange(chiSquare, 0, 21.7);
    }

    [Fact]
    public void Top_k_keeps_the_best_and_of_equals_the_lower_ids()
    {
        Assert.Equal([2, 3], Support(Tenths, new() { TopK = 2 }));
        Assert.Equal([0, 1, 2, 3], Support(Tenths, new() { TopK = 9 }));
        Assert.Equal([1, 2, 4], Support([0, 1, 1, 0, 1, 1], new() { TopK = 3 }));
    }

    [Fact]
    public void Top_p_keeps_the_fewest_that_reach_it()
    {
        Assert.Equal([3], Support(Tenths, new() { TopP = 0.01f }));
        Assert.Equal([3], Support(Tenths, new() { TopP = 0.39f }));
        Assert.Equal([2, 3], Support(Tenths, new() { TopP = 0.41f }));
        Assert.Equal([1, 2, 3], Support(Tenths, new() { TopP = 0.89f }));
        Assert.Equal([0, 1, 2, 3], Support(Tenths, new() { TopP = 0.91f }));
    }

    [Fact]
    public void Top_p_that_is_reached_exactly_takes_no_more_and_of_equals_the_lower_ids()
    {
        // Halves and quarters are exact.
        Assert.Equal([0, 1], Support([0, 0, 0, 0], new() { TopP = 0.5f }));
        Assert.Equal([0, 1, 2], Support([0, 0, 0, 0], new() { TopP = 0.51f }));
    }

    [Fact]
    public void Min_p_is_relative_to_the_most_probable_token()
    {
        Assert.Equal([2, 3], Support(Tenths, new() { MinP = 0.7f }));
        Assert.Equal([1, 2, 3], Support(Tenths, new() { MinP = 0.49f }));
        Assert.Equal([0, 3], Support([1, 0, -3, 1], new() { MinP = 1 }));
    }

    [Fact]
    public void Temperature_comes_before_top_p()
    {
        // At temperature ½, the squares of the probabilities count: the best has 16 of 30.
        Assert.Equal([3], Support(Tenths, new() { Temperature = 0.5f, TopP = 0.5f }));
        Assert.Equal([2, 3], Support(Tenths, new() { TopP = 0.5f }));
        Assert.Equal([3], Support(Tenths, new() { Temperature = float.Epsilon }));
    }

    [Fact]
    public void Top_p_is_a_part_of_what_top_k_leaves()
    {
        Assert.Equal([3], Support(Tenths, new() { TopK = 2, TopP = 0.55f }));
        Assert.Equal([2, 3], Support(Tenths, new() { TopP = 0.55f }));
    }

    [Theory]
    [InlineData(0, 0.9f, 4f)]
    [InlineData(0, 0.9f, 0.01f)]
    [InlineData(0, 0.999999f, 4f)]
    [InlineData(0, 0.3f, 30f)]
    [InlineData(700, 0.95f, 4f)]
    public void A_large_vocabulary_draws_what_a_sort_of_all_would(int topK, float topP, float range)
    {
        Random random = new(12);
        GenerationOptions options = new() { Sample = true, TopK = topK, TopP = topP };
        TokenSampler sampler = new(options, Decoding.Shape(20_000));
        for (int trial = 0; trial < 10; trial++)
        {
            float[] scores = Samples.Uniform(random, 20_000, -range, range);
            double[] probabilities = Probabilities(scores, options);
            int[] ranked = [.. Enumerable.Range(0, scores.Length).Where(token => probabilities[token] > 0).OrderByDescending(token => scores[token])];
            RandomStream drawn = new(7, trial, 0);
            double target = new RandomStream(7, trial, 0).NextDouble();
            double sum = 0;
            int expected = ranked.First(token => (sum += probabilities[token]) > target);
            Assert.Equal(expected, sampler.Choose(scores, ref drawn, out _));
        }
    }

    [Fact]
    public void Log_probabilities_are_those_before_temperature_and_truncation()
    {
        float[] scores = Samples.Uniform(new Random(13), 30, -4, 4);
        double normalizer = Reference.LogSumExp(scores);
        TokenSampler sampler = new(new() { Sample = true, Temperature = 3, TopK = 10, TopP = 0.9f }, Decoding.Shape(30));
        RandomStream random = new(1, 0, 0);
        for (int i = 0; i < 50; i++)
        {
            int token = sampler.Choose(scores, ref random, out float logProbability);
            Assert.Equal(scores[token] - normalizer, logProbability, 1e-5);
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_tokens()
    {
        float[] scores = Samples.Uniform(new Random(14), 100, -1, 1);
        int[] first = Tokens(scores, 5);
        Assert.Equal(first, Tokens(scores, 5));
        Assert.NotEqual(first, Tokens(scores, 6));
    }

    [Theory]
    [InlineData(0, 1f, 0f)]
    [InlineData(2, 0.9f, 0.1f)]
    public void What_is_banned_is_never_drawn(int topK, float topP, float minP)
    {
        float banned = float.NegativeInfinity;
        Assert.Equal([2], Support([banned, banned, -80, banned], new() { TopK = topK, TopP = topP, MinP = minP }));
        Assert.Equal([1, 3], Support([banned, 5, banned, 5, banned], new() { TopK = topK, TopP = topP, MinP = minP }));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_row_that_holds_an_unusable_score_gives_no_token(float unusable)
    {
        for (int place = 0; place < 5; place++)
        {
            float[] scores = [0, float.NegativeInfinity, 2, 3, 1];
            scores[place] = unusable;
            AssertUnusable(scores);
        }
    }

    [Fact]
    public void A_row_in_which_everything_is_banned_gives_no_token()
    {
        AssertUnusable([float.NegativeInfinity, float.NegativeInfinity]);
        AssertUnusable([float.NaN, float.NaN]);
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        float[] scores = Samples.Uniform(new Random(15), 3000, -5, 5);
        TokenSampler[] samplers =
        [
            new(new() { Sample = true }, Decoding.Shape(3000)),
            new(new() { Sample = true, TopP = 0.9f }, Decoding.Shape(3000)),
            new(new() { Sample = true, TopK = 50, TopP = 0.9f, MinP = 0.1f }, Decoding.Shape(3000)),
        ];
        RandomStream random = new(1, 0, 0);
        int drawn = 0;

        void Run()
        {
            foreach (TokenSampler sampler in samplers)
            {
                drawn += sampler.Choose(scores, ref random, out _) >= 0 ? 1 : 0;
            }
        }

        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int repeat = 0; repeat < 100; repeat++)
        {
            Run();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(303, drawn);
    }

    /// <summary>The probabilities that remain, by sorting everything at each step.</summary>
    private static double[] Probabilities(float[] scores, GenerationOptions options)
    {
        double[] weights = Normalized([.. scores.Select(score => Math.Exp(score / (double)options.Temperature))]);
        int[] ranked = [.. Enumerable.Range(0, scores.Length).OrderByDescending(token => scores[token])];
        foreach (int token in ranked.Skip(options.TopK == 0 ? scores.Length : options.TopK))
        {
            weights[token] = 0;
        }

        weights = Normalized(weights);
        double sum = 0;
        foreach (int token in ranked)
        {
            double weight = weights[token];
            weights[token] = sum < options.TopP ? weight : 0;
            sum += weight;
        }

        double least = options.MinP * weights.Max();
        return Normalized([.. weights.Select(weight => weight >= least ? weight : 0)]);
    }

    private static double[] Normalized(double[] weights)
    {
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private static int[] Draw(float[] scores, GenerationOptions options, int draws)
    {
        TokenSampler sampler = new(options, Decoding.Shape(scores.Length));
        RandomStream random = new(3, 0, 0);
        int[] counts = new int[scores.Length];
        for (int draw = 0; draw < draws; draw++)
        {
            counts[sampler.Choose(scores, ref random, out _)]++;
        }

        return counts;
    }

    /// <summary>The ids that are drawn at all.</summary>
    private static int[] Support(float[] scores, GenerationOptions options)
    {
        int[] counts = Draw(scores, options with { Sample = true }, 1000);
        return [.. Enumerable.Range(0, scores.Length).Where(token => counts[token] > 0)];
    }

    private static int[] Tokens(float[] scores, ulong seed)
    {
        TokenSampler sampler = new(new() { Sample = true, TopP = 0.95f }, Decoding.Shape(scores.Length));
        RandomStream random = new(seed, 0, 0);
        return [.. Enumerable.Range(0, 40).Select(_ => sampler.Choose(scores, ref random, out float _))];
    }

    private static void AssertUnusable(float[] scores)
    {
        foreach (GenerationOptions options in (GenerationOptions[])[new(), new() { TopK = 2 }, new() { TopP = 0.5f, MinP = 0.1f }])
        {
            RandomStream random = new(1, 0, 0);
            Assert.Equal(-1, new TokenSampler(options with { Sample = true }, Decoding.Shape(scores.Length)).Choose(scores, ref random, out float logProbability));
            Assert.True(float.IsNaN(logProbability));
        }
    }
}
