using Formwork.Generation;
using Formwork.Generation.Constraints;
using Formwork.Tests.Kernels;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class PhrasesRuleTests
{
    [Fact]
    public void The_end_token_may_come_once_every_phrase_has_appeared()
    {
        TokenRules rules = new(new() { Phrases = [[5, 6]] }, Decoding.Shape());
        float[] scores = new float[12];
        PhraseProgress begun = rules.Phrases!.Advance(default, 5);
        Assert.Equal(float.NegativeInfinity, rules.Apply(scores, [1, 5], phrases: begun)[0]);
        Assert.Equal(11, Decoding.Possible(rules.Apply(scores, [1, 5], phrases: begun)).Length);
        Assert.Equal(scores, rules.Apply(scores, [1, 5, 6], phrases: rules.Phrases.Advance(begun, 6)));
    }

    [Fact]
    public void A_token_that_leaves_too_little_room_is_banned()
    {
        TokenRules rules = new(new() { Phrases = [[5, 6], [7]] }, Decoding.Shape());
        float[] scores = new float[12];

        // Three ids and the end token still have to come: with room for five there is one to spare, with room for four there is none.
        Assert.Equal(11, Decoding.Possible(rules.Apply(scores, [1], remaining: 5)).Length);
        Assert.Equal([5, 7], Decoding.Possible(rules.Apply(scores, [1], remaining: 4)));

        // Where a phrase is begun, breaking it off would take one more, though there is an id to spare.
        PhraseProgress begun = rules.Phrases!.Advance(default, 5);
        Assert.Equal([6], Decoding.Possible(rules.Apply(scores, [1, 5], remaining: 3, phrases: begun)));
        Assert.Equal([5, 6, 7], Decoding.Possible(rules.Apply(scores, [1, 5], remaining: 4, phrases: begun)));
        Assert.Equal(11, Decoding.Possible(rules.Apply(scores, [1, 5], remaining: 5, phrases: begun)).Length);
    }

    [Fact]
    public void Scores_of_tokens_that_stay_do_not_change()
    {
        TokenRules rules = new(new() { Phrases = [[5, 6], [7]] }, Decoding.Shape());
        float[] scores = Samples.Uniform(new Random(8), 12);
        float[] changed = rules.Apply(scores, [1], remaining: 4);
        Assert.Equal((scores[5], scores[7]), (changed[5], changed[7]));
    }

    [Fact]
    public void Too_little_room_from_the_start_still_makes_every_token_count()
    {
        TokenRules rules = new(new() { Phrases = [[5, 6], [7]] }, Decoding.Shape());
        Assert.Equal([5, 7], Decoding.Possible(rules.Apply(new float[12], [1], remaining: 2)));
    }

    [Fact]
    public void Whatever_is_chosen_every_phrase_appears_and_the_end_token_has_room()
    {
        Random random = new(9);
        for (int trial = 0; trial < 2000; trial++)
        {
            int vocabulary = random.Next(3, 7);
            int[][] phrases = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (int[])[.. Decoding.Ids(random, random.Next(1, 5), vocabulary - 1).Select(token => token + 1)])];
            TokenRules rules = new(new() { Phrases = phrases }, Decoding.Shape(vocabulary));
            int room = rules.Phrases!.TokensLeft(default) + 1 + random.Next(4);
            List<int> ids = [Decoding.StartToken];
            PhraseProgress progress = default;
            for (int remaining = room; remaining > 0; remaining--)
            {
                int[] possible = Decoding.Possible(rules.Apply(new float[vocabulary], [.. ids], 0, remaining, progress));
                int token = possible[random.Next(possible.Length)];
                progress = rules.Phrases.Advance(progress, token);
                ids.Add(token);
                if (token == Decoding.EndToken)
                {
                    break;
                }

                // Even the last but one leaves the end token its place.
                Assert.True(remaining > 2 || rules.Phrases.AreAllMet(progress));
            }

            Assert.All(phrases, phrase => Assert.True(PhraseReference.Contains([.. ids.Skip(1)], phrase)));
        }
    }
}
