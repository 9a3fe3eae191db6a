using Formwork.Alignment;

namespace Formwork.Tests.Alignment;

public class WordAttentionTests
{
    /// <summary>Three source words, the second of two tokens, then the end token; three target words, the first of two tokens, then the end token.</summary>
    private static readonly Word[] Source = [new(0, 1, 0, 1), new(2, 2, 1, 2), new(5, 1, 3, 1)];
    private static readonly Word[] Target = [new(0, 2, 0, 2), new(3, 1, 2, 1), new(5, 1, 3, 1)];
    private static readonly float[] Weights =
    [
        0.25f, 0.125f, 0.125f, 0, 0.5f,
        0, 0.25f, 0.25f, 0, 0.5f,
        0.5f, 0.25f, 0.125f, 0.125f, 0,
        0, 0, 0, 0, 1,
        0, 0, 0, 1, 0,
    ];

    [Fact]
    public void Source_tokens_are_summed_target_tokens_averaged_and_the_end_is_left_out()
    {
        WordAttention words = WordAttention.FromTokens(Weights, 5, Source, Target);
        Assert.Equal((3, 3), (words.SourceCount, words.TargetCount));

        // Means of the first word's rows: 1/8, 3/8 and 0, half of the attention; the other half went to the end.
        Assert.Equal([0.25f, 0.75f, 0], words[0].ToArray());
        Assert.Equal([0.5f, 0.375f, 0.125f], words[1].ToArray());
        Assert.Equal([0, 0, 0], words[2].ToArray());
    }

    [Fact]
    public void Each_target_word_is_linked_to_where_it_looks_most()
    {
        WordAttention words = WordAttention.FromTokens(Weights, 5, Source, Target);
        Assert.Equal([new WordLink(1, 0, 0.75f), new WordLink(0, 1, 0.5f)], words.ArgMax());
    }

    [Fact]
    public void Of_two_that_look_at_one_word_only_the_stronger_is_mutual()
    {
        Word[] words = [new(0, 1, 0, 1), new(2, 1, 1, 1)];
        WordAttention attention = WordAttention.FromTokens([0.75f, 0.25f, 0.625f, 0.375f], 2, words, words);
        Assert.Equal([new WordLink(0, 0, 0.75f), new WordLink(0, 1, 0.625f)], attention.ArgMax());
        Assert.Equal([new WordLink(0, 0, 0.75f)], attention.Mutual());

        // Of equals the first.
        Assert.Equal([new WordLink(0, 0, 0.5f)], WordAttention.FromTokens([0.5f, 0.5f, 0.5f, 0.5f], 2, words, words).Mutual());
    }

    [Fact]
    public void Every_weight_that_reaches_the_threshold_is_a_link()
    {
        WordAttention words = WordAttention.FromTokens(Weights, 5, Source, Target);
        Assert.Equal(["1-0", "0-1", "1-1"], words.AtLeast(0.375f).Select(link => link.ToString()));
        Assert.Equal(["0-0", "1-0", "0-1", "1-1", "2-1"], words.AtLeast(0.125f).Select(link => link.ToString()));
        Assert.Empty(words.AtLeast(1));
    }

    [Fact]
    public void Random_weights_agree_with_double_precision()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            Word[] source = Cut(random);
            Word[] target = Cut(random);
            int sourceTokens = source[^1].EndToken + random.Next(3);
            float[] weights = [.. Enumerable.Range(0, (target[^1].EndToken + random.Next(2)) * sourceTokens).Select(_ => random.NextSingle())];
            WordAttention words = WordAttention.FromTokens(weights, sourceTokens, source, target);
            for (int row = 0; row < target.Length; row++)
            {
                double[] expected = [.. source.Select(word => Range(target[row]).Average(t => Range(word).Sum(s => (double)weights[(t * sourceTokens) + s])))];
                double sum = expected.Sum();
                Assert.Equal(1, words[row].ToArray().Sum(), 1e-5);
                for (int column = 0; column < source.Length; column++)
                {
                    Assert.Equal(expected[column] / sum, words[row][column], 1e-6);
                }

                WordLink link = Assert.Single(words.ArgMax(), link => link.Target == row);
                Assert.Equal(expected.Max() / sum, link.Weight, 1e-6);
                Assert.Equal(words[row][link.Source], link.Weight);
            }

            Assert.Empty(words.Mutual().Except(words.ArgMax()));
            Assert.Equal(words.Mutual().Length, words.Mutual().DistinctBy(link => link.Source).Count());
        }

        static IEnumerable<int> Range(Word word) => Enumerable.Range(word.FirstToken, word.TokenCount);

        static Word[] Cut(Random random)
        {
            List<Word> words = [];
            for (int left = random.Next(1, 6); left > 0; left--)
            {
                words.Add(new Word(0, 1, words.Count == 0 ? 0 : words[^1].EndToken, random.Next(1, 4)));
            }

            return [.. words];
        }
    }

    [Fact]
    public void No_words_are_no_links()
    {
        Assert.Empty(WordAttention.FromTokens([], 5, Source, []).ArgMax());
        Assert.Empty(WordAttention.FromTokens(Weights, 5, [], Target).ArgMax());
        Assert.Empty(WordAttention.FromTokens(Weights, 5, [], Target).Mutual());
    }

    [Fact]
    public void A_mismatched_argument_is_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("sourceTokens", () => WordAttention.FromTokens(Weights, 0, Source, Target));
        Assert.Throws<ArgumentException>("weights", () => WordAttention.FromTokens(Weights, 6, Source, Target));
        Assert.Throws<ArgumentException>("source", () => WordAttention.FromTokens(new float[12], 3, Source, Target));
        Assert.Throws<ArgumentException>("target", () => WordAttention.FromTokens(new float[15], 5, Source, Target));
        Assert.Throws<ArgumentException>("source", () => WordAttention.FromTokens(Weights, 5, [new(0, 1, -1, 2)], Target));
        Assert.Throws<ArgumentException>("target", () => WordAttention.FromTokens(Weights, 5, Source, [new(0, 1, 0, 0)]));
        WordAttention words = WordAttention.FromTokens(Weights, 5, Source, Target);
        Assert.Throws<ArgumentOutOfRangeException>("target", () => words[3].Length);
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => words.AtLeast(0));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => words.AtLeast(1.01f));
        Assert.Throws<ArgumentOutOfRangeException>("threshold", () => words.AtLeast(float.NaN));
    }
}
