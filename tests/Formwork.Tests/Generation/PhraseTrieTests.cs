using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class PhraseTrieTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        PhraseTrie trie = new([[5, 6, 7], [8]]);
        PhraseProgress progress = default;
        Assert.Equal((0, 4, false), (trie.TokensMet(progress), trie.TokensLeft(progress), trie.AreAllMet(progress)));
        Assert.Equal([5, 8], Next(trie, progress));

        progress = trie.Advance(progress, [5, 6]);
        Assert.Equal((2, 2), (trie.TokensMet(progress), trie.TokensLeft(progress)));
        Assert.Equal([5, 7, 8], Next(trie, progress));

        // The other phrase breaks the first one off.
        progress = trie.Advance(progress, 8);
        Assert.Equal((1, 3), (trie.TokensMet(progress), trie.TokensLeft(progress)));
        Assert.Equal([5], Next(trie, progress));

        progress = trie.Advance(progress, [5, 6, 7]);
        Assert.Equal((4, 0, true), (trie.TokensMet(progress), trie.TokensLeft(progress), trie.AreAllMet(progress)));
        Assert.Empty(Next(trie, progress));
    }

    [Fact]
    public void A_phrase_is_noticed_where_a_partial_match_of_another_one_broke_off()
    {
        PhraseTrie trie = new([[1, 2, 3, 4], [2, 3, 5]]);
        PhraseProgress progress = trie.Advance(default, [1, 2, 3, 5]);
        Assert.Equal((3, 4), (trie.TokensMet(progress), trie.TokensLeft(progress)));
    }

    [Fact]
    public void Phrases_may_share_tokens()
    {
        PhraseTrie trie = new([[1, 2], [2, 3]]);
        Assert.Equal(4, trie.TokensLeft(default));
        Assert.True(trie.AreAllMet(trie.Advance(default, [1, 2, 3])));
    }

    [Fact]
    public void A_phrase_that_another_one_contains_or_that_comes_twice_counts_once()
    {
        PhraseTrie trie = new([[2], [1, 2, 3], [1, 2, 3], [2, 3]]);
        Assert.Equal(3, trie.TokensLeft(default));
        Assert.False(trie.AreAllMet(trie.Advance(default, [2, 3])));
        Assert.True(trie.AreAllMet(trie.Advance(default, [1, 2, 3])));
    }

    [Fact]
    public void Random_phrases_agree_with_a_scan_of_the_whole_history()
    {
        Random random = new(1);
        for (int trial = 0; trial < 400; trial++)
        {
            int vocabulary = random.Next(2, 6);
            int[][] phrases = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => Decoding.Ids(random, random.Next(1, 6), vocabulary))];
            Check(phrases, Decoding.Ids(random, 40, vocabulary));
        }
    }

    [Fact]
    public void Sixty_four_phrases_are_followed()
    {
        Random random = new(2);
        int[][] phrases = [.. Enumerable.Range(0, 64).Select(index => (int[])[index % 8, 8 + (index / 8)])];
        Check(phrases, Decoding.Ids(random, 300, 16));
        PhraseTrie trie = new(phrases);
        PhraseProgress all = trie.Advance(default, [.. phrases.SelectMany(phrase => phrase)]);
        Assert.True(trie.AreAllMet(all));
        Assert.Equal(128, trie.TokensMet(all));
    }

    private static void Check(int[][] phrases, int[] tokens)
    {
        PhraseTrie trie = new(phrases);
        PhraseReference reference = new(phrases);
        PhraseProgress progress = default;
        for (int length = 0; length <= tokens.Length; length++)
        {
            int[] history = tokens[..length];
            Assert.Equal(reference.AreAllMet(history), trie.AreAllMet(progress));
            Assert.Equal(reference.TokensMet(history), trie.TokensMet(progress));
            Assert.Equal(reference.TokensLeft(history), trie.TokensLeft(progress));
            Assert.Equal(reference.NextTokens(history), Next(trie, progress));
            progress = length < tokens.Length ? trie.Advance(progress, tokens[length]) : progress;
        }
    }

    /// <summary>The next tokens, sorted; there is room for exactly as many as there may be.</summary>
    private static int[] Next(PhraseTrie trie, PhraseProgress progress)
    {
        int[] tokens = new int[trie.MaxNextTokens];
        return [.. tokens[..trie.NextTokens(progress, tokens)].Order()];
    }
}
