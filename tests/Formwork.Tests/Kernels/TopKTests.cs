using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class TopKTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(130)]
    public void Random_scores_with_ties_and_forbidden_ones_are_found_as_sorting_finds_them(int count)
    {
        Random random = new(count);
        for (int trial = 0; trial < 500; trial++)
        {
            // Few different values, so that ties are everywhere.
            Fenced scores = new([.. Enumerable.Range(0, random.Next(0, 140)).Select(_ => random.Next(5) switch
            {
                0 => float.NegativeInfinity,
                1 => float.NaN,
                _ => random.Next(-6, 6) / 2f,
            })]);
            Check(scores, count);
        }
    }

    [Fact]
    public void A_large_vocabulary_is_searched_to_its_end()
    {
        Random random = new(1);
        for (int place = 59_990; place < 60_007; place++)
        {
            Fenced scores = new(Samples.Uniform(random, 60_007));
            scores.Span[place] = 3;
            scores.Span[0] = 2;
            Check(scores, 16);
        }
    }

    [Fact]
    public void Ascending_and_descending_scores_are_the_extremes_of_the_work()
    {
        float[] ascending = [.. Enumerable.Range(0, 500).Select(static value => (float)value)];
        Check(new(ascending), 10);
        Check(new([.. ascending.Reverse()]), 10);
    }

    [Fact]
    public void Infinity_is_the_largest()
    {
        int[] indices = new int[2];
        Assert.Equal(2, TopK.Find([0, float.PositiveInfinity, 5], indices, new float[2]));
        Assert.Equal([1, 2], indices);
    }

    [Fact]
    public void Nothing_is_asked_for_or_there()
    {
        Assert.Equal(0, TopK.Find([1, 2], [], []));
        Assert.Equal(0, TopK.Find([], new int[2], new float[2]));
        Assert.Throws<ArgumentException>("values", () => TopK.Find([1, 2], new int[2], new float[1]));
    }

    private static void Check(Fenced scores, int count)
    {
        float[] plain = scores.Span.ToArray();
        int[] expected = [.. Enumerable.Range(0, plain.Length).Where(index => plain[index] > float.NegativeInfinity).OrderByDescending(index => plain[index]).ThenBy(static index => index).Take(count)];
        int[] indices = new int[count];
        float[] values = new float[count];
        int found = TopK.Find(scores.Span, indices, values);
        Assert.Equal(expected, indices.AsSpan(0, found).ToArray());
        Assert.Equal(expected.Select(index => plain[index]), values.AsSpan(0, found).ToArray());
        scores.AssertIntact();
    }
}
