using Formwork.Pipeline;

namespace Formwork.Tests.Pipeline;

/// <summary>Where a sentence that is too long is cut.</summary>
public class SourceCutterTests
{
    [Theory]
    [InlineData("short", 6, "short")]
    [InlineData("one two three", 9, "one two|three")]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one two three", 5, "one|two|thre|e")]

    // A clause mark counts in the last third alone, and where white space follows.
    [InlineData("one two, tri four", 11, "one two,|tri four")]
    [InlineData("a, b two trio four", 15, "a, b two trio|four")]
    [InlineData("at the ten:30 mark", 13, "at the|ten:30 mark")]
    [InlineData("one two; trio four", 11, "one two;|trio four")]
    [InlineData("一二三四，五六七八", 8, "一二三四，|五六七八")]

    // Neither surrogate pairs nor characters that readers see as one are cut.
    [InlineData("a👩‍👩‍👧b👩‍👩‍👧c", 10, "a👩‍👩‍👧|b👩‍👩‍👧|c")]
    [InlineData("\u00E9e\u0301\u00E9", 3, "\u00E9|e\u0301|\u00E9")]
    [InlineData("𝐀𝐁𝐂", 4, "𝐀|𝐁|𝐂")]
    public void A_sentence_is_cut_at_a_clause_else_between_words_else_between_characters(string text, int sourceLength, string parts)
    {
        List<SourcePart> found = new SourceCutter(new CountingTokenizer(), "", sourceLength).Cut(text, 0, text.Length);
        Assert.Equal(parts, string.Join('|', found.Where(static part => part.Source is not null).Select(part => text[part.Start..part.End])));
        Assert.Equal(text, string.Concat(found.Select(part => text[part.Start..part.End])));
        Assert.All(found, part => Assert.InRange(part.Source?.Length ?? 0, 0, sourceLength));
    }

    [Fact]
    public void Any_text_is_covered_by_parts_that_fit()
    {
        const string Alphabet = "abc def, ;:\t\u00A0é\u0301🙂\u200D，。";
        var random = new Random(9);
        for (int round = 0; round < 5_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 200)).Select(_ => Alphabet[random.Next(Alphabet.Length)])).Trim();
            int sourceLength = random.Next(5, 40);
            List<SourcePart> parts = new SourceCutter(new CountingTokenizer(random.Next(1, 4)), "ab", sourceLength).Cut(text, 0, text.Length);
            Assert.Equal(text, string.Concat(parts.Select(part => text[part.Start..part.End])));
            Assert.All(parts, part =>
            {
                Assert.InRange(part.Source?.Length ?? 0, 0, sourceLength);
                Assert.True(part.End > part.Start);
            });
        }
    }

    [Fact]
    public void A_part_is_not_much_shorter_than_fits()
    {
        string text = string.Join(' ', Enumerable.Repeat("wordly", 10_000));
        List<SourcePart> parts = [.. new SourceCutter(new CountingTokenizer(), "", 128).Cut(text, 0, text.Length).Where(static part => part.Source is not null)];
        Assert.All(parts[..^1], static part => Assert.InRange(part.Source!.Length, 128 - 7, 128));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void The_work_grows_with_the_sentences_length_alone(int group)
    {
        Assert.InRange(Work(200_000, group) / (double)Work(20_000, group), 5, 15);

        static long Work(int length, int group)
        {
            var tokenizer = new CountingTokenizer(group);
            string text = new('a', length);
            new SourceCutter(tokenizer, "", 64).Cut(text, 0, text.Length);
            return tokenizer.Characters;
        }
    }

    [Fact]
    public void Where_not_even_one_character_fits_the_error_says_by_how_much()
    {
        PipelineException refused = Assert.Throws<PipelineException>(() => new SourceCutter(new CountingTokenizer(), "translate: ", 4).Cut("word", 0, 4));
        Assert.Equal(PipelineError.NoRoom, refused.Error);
        Assert.Contains("SourceLength = 4", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'w' behind the prefix 'translate: ' takes 13 ids", refused.Message, StringComparison.Ordinal);
    }
}
