using System.Diagnostics;
using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Byte-level byte-pair encoding beyond what is recorded: marks, options, the order of merges, time.</summary>
public class ByteLevelBpeTests
{
    private static readonly ByteLevelBpe Bart = TestByteVocabularies.Bart;

    [Fact]
    public void Tokens_are_found_by_their_spelling_in_the_file()
    {
        Assert.Equal(4261, Bart.Count);
        Assert.Equal(("<s>", "<mask>"), (Bart.TokenOf(0), Bart.TokenOf(4260)));
        Assert.True(Bart.TryGetId("\u0120the", out int the));
        Assert.Equal([the], Bart.Encode(" the"));
        Assert.Equal(" the", Bart.Decode([the]));
        Assert.False(Bart.TryGetId(" the", out int none));
        Assert.Equal(-1, none);
        Assert.Throws<ArgumentOutOfRangeException>("id", () => Bart.TokenOf(4261));
        Assert.Throws<ArgumentOutOfRangeException>("id", () => Bart.TokenOf(-1));
    }

    [Fact]
    public void Text_never_turns_into_marks_and_they_decode_to_nothing()
    {
        int[] ids = Bart.Encode("<s></s><pad><unk><mask>");
        Assert.DoesNotContain(ids, id => id is < 4 or 4260);
        Assert.Equal("<s></s><pad><unk><mask>", Bart.Decode([0, .. ids, 2, 1, 1, 3, 4260]));

        // The bytes of one character join over a mark between them, as where a reference is told to skip marks.
        int[] letter = Bart.Encode("\u6f22");
        Assert.Equal("\u6f22", Bart.Decode([letter[0], 0, .. letter[1..]]));
    }

    [Fact]
    public void A_merge_that_makes_a_mark_is_not_made()
    {
        ByteLevelBpe vocabulary = Build(["ab", "abc", "de"], "a b\nab c\nd e", marks: ["abc", "no such token"]);
        Assert.Equal(["ab", "c", "de"], vocabulary.Encode("abcde").Select(vocabulary.TokenOf));
        Assert.True(vocabulary.TryGetId("abc", out int mark));
        Assert.Equal("", vocabulary.Decode([mark]));
    }

    [Fact]
    public void The_first_word_may_be_given_a_space()
    {
        ByteLevelBpe prefixed = ByteLevelBpe.Load(TextFiles.ByteLevelBpe("vocab.json"), TextFiles.ByteLevelBpe("merges.txt"), addPrefixSpace: true);
        Assert.Equal(Bart.Encode(" A man"), prefixed.Encode("A man"));
        Assert.Equal(Bart.Encode(" A man"), prefixed.Encode(" A man"));
        Assert.Equal(Bart.Encode(" \tA"), prefixed.Encode("\tA"));
        Assert.Empty(prefixed.Encode(""));
        Assert.NotEqual(Bart.Encode("A man"), prefixed.Encode("A man"));
    }

    [Fact]
    public void The_earlier_merge_comes_first_and_of_equal_ones_the_leftmost()
    {
        string[] tokens = ["ab", "bc", "abc", "aa", "aaaa"];
        Assert.Equal(["a", "bc"], Cut("b c\na b", "abc"));
        Assert.Equal(["ab", "c"], Cut("a b\nb c", "abc"));
        Assert.Equal(["abc"], Cut("b c\na b\na bc", "abc"));
        Assert.Equal(["aa", "aa", "a"], Cut("a a", "aaaaa"));
        Assert.Equal(["aaaa", "aa", "a"], Cut("a a\naa aa", "aaaaaaa"));
        // A pair that is listed twice has its later place.
        Assert.Equal(["a", "bc"], Cut("a b\nb c\na b", "abc"));

        IEnumerable<string?> Cut(string merges, string text)
        {
            ByteLevelBpe vocabulary = Build(tokens, merges);
            return vocabulary.Encode(text).Select(vocabulary.TokenOf);
        }
    }

    [Fact]
    public void Random_merges_are_made_as_by_the_plainest_method()
    {
        var random = new Random(9);
        for (int round = 0; round < 300; round++)
        {
            List<string> tokens = ["a", "b", "c"];
            List<string> merges = [];
            for (int i = 0; i < 12; i++)
            {
                (string left, string right) = (tokens[random.Next(tokens.Count)], tokens[random.Next(tokens.Count)]);
                if (!tokens.Contains(left + right))
                {
                    tokens.Add(left + right);
                    merges.Add($"{left} {right}");
                }
            }
            ByteLevelBpe vocabulary = Build(tokens[3..], string.Join('\n', merges));
            for (int text = 0; text < 20; text++)
            {
                string word = new([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)('a' + random.Next(3)))]);
                Assert.Equal(Plainly(word, merges), vocabulary.Encode(word).Select(vocabulary.TokenOf));
            }
        }

        static List<string> Plainly(string word, List<string> merges)
        {
            List<string> parts = [.. word.Select(c => c.ToString())];
            while (true)
            {
                int[] ranks = [.. parts.Zip(parts.Skip(1), (left, right) => merges.IndexOf($"{left} {right}"))];
                if (!ranks.Any(rank => rank >= 0))
                {
                    return parts;
                }
                int at = Array.IndexOf(ranks, ranks.Where(rank => rank >= 0).Min());
                parts[at] += parts[at + 1];
                parts.RemoveAt(at + 1);
            }
        }
    }

    [Fact]
    public void Windows_line_ends_a_byte_order_mark_and_a_missing_header_change_nothing()
    {
        byte[] vocab = File.ReadAllBytes(TextFiles.ByteLevelBpe("vocab.json"));
        string merges = File.ReadAllText(TextFiles.ByteLevelBpe("merges.txt"));
        const string Text = "Two young men are outside, l'\u00e9t\u00e9 1999.";
        foreach (string variant in new[] { merges.ReplaceLineEndings("\r\n"), "\uFEFF" + merges, merges[(merges.IndexOf('\n', StringComparison.Ordinal) + 1)..], merges.TrimEnd('\n') })
        {
            Assert.Equal(Bart.Encode(Text), ByteLevelBpe.FromBytes(vocab, Encoding.UTF8.GetBytes(variant)).Encode(Text));
        }
        Assert.Equal(Bart.Encode(Text), ByteLevelBpe.FromBytes([0xEF, 0xBB, 0xBF, .. vocab], Encoding.UTF8.GetBytes(merges)).Encode(Text));
    }

    [Fact]
    public void Only_the_first_line_is_a_header()
    {
        ByteLevelBpe vocabulary = Build(["##", "###"], "#version: 0.2\n# #\n## #");
        Assert.Equal(["##", "###"], vocabulary.Encode("#####").Select(vocabulary.TokenOf));
    }

    [Fact]
    public void Ids_that_the_file_leaves_out_decode_to_nothing()
    {
        ByteLevelBpe vocabulary = ByteLevelBpe.FromBytes(ByteLevelFiles.Vocab(["<s>"], lastId: 300), "#version: 0.2\n"u8);
        Assert.Equal((301, null, "<s>"), (vocabulary.Count, vocabulary.TokenOf(299), vocabulary.TokenOf(300)));
        Assert.Equal("a", vocabulary.Decode([299, vocabulary.Encode("a")[0], 300]));
    }

    [Fact]
    public void A_token_outside_the_alphabet_of_bytes_is_plain_text()
    {
        ByteLevelBpe vocabulary = Build(["\u6f22\u0120!"], "#version: 0.2\n");
        Assert.True(vocabulary.TryGetId("\u6f22\u0120!", out int id));
        Assert.Equal("\u6f22\u0120!", vocabulary.Decode([id]));
    }

    [Fact]
    public void A_surrogate_without_its_partner_is_the_replacement_character()
    {
        Assert.Equal(Bart.Encode("a\uFFFDb"), Bart.Encode("a\uD800b"));
        Assert.Equal(Bart.Encode("\uFFFD\uFFFD"), Bart.Encode("\uDC00\uD800"));
    }

    [Fact]
    public void Ids_that_do_not_fit_are_counted()
    {
        int[] all = Bart.Encode("Two young men are outside.");
        var ids = new int[3];
        Assert.False(Bart.TryEncode("Two young men are outside.", ids, out int count));
        Assert.Equal(all.Length, count);
        Assert.Equal(all[..3], ids);
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("\u00e9")]
    [InlineData("!")]
    public void A_long_word_takes_well_under_a_second(string unit)
    {
        string text = new StringBuilder().Insert(0, unit, 100_000).ToString();
        Bart.Encode("warm-up");
        var watch = Stopwatch.StartNew();
        Assert.NotEmpty(Bart.Encode(text));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"took {watch.Elapsed}");
    }

    private static ByteLevelBpe Build(IEnumerable<string> tokens, string merges, string[]? marks = null) =>
        ByteLevelBpe.FromBytes(ByteLevelFiles.Vocab(tokens), Encoding.UTF8.GetBytes(merges), marks: marks);
}
