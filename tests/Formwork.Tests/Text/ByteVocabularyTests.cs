using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>ByT5's vocabulary: bytes, marks, sentinels.</summary>
public class ByteVocabularyTests
{
    [Fact]
    public void A_byte_is_its_value_and_three()
    {
        var vocabulary = new ByteVocabulary();
        Assert.Equal(384, vocabulary.Count);
        Assert.Equal((0, 1, 2), (ByteVocabulary.PadId, ByteVocabulary.EndId, ByteVocabulary.UnknownId));
        Assert.Equal([68, 198, 172, 3], vocabulary.Encode("A\u00e9\0"));
        Assert.Equal(vocabulary.Encode("a\uFFFDb"), vocabulary.Encode("a\uD800b"));
        Assert.Empty(vocabulary.Encode(""));
    }

    [Fact]
    public void Marks_sentinels_and_bytes_of_no_character_decode_to_nothing()
    {
        var vocabulary = new ByteVocabulary();
        Assert.Equal("A\u00e9", vocabulary.Decode([0, 68, 198, 2, 172, 1, 259, 383, 258, 198]));
        Assert.Equal([.. "</s>".Select(c => c + 3)], vocabulary.Encode("</s>"));
    }

    [Fact]
    public void Every_token_is_found_by_its_spelling()
    {
        var vocabulary = new ByteVocabulary(sentinels: 12);
        Assert.Equal(271, vocabulary.Count);
        for (int id = 0; id < vocabulary.Count; id++)
        {
            Assert.True(vocabulary.TryGetId(vocabulary.TokenOf(id), out int found));
            Assert.Equal(id, found);
        }
        Assert.Equal(("<pad>", "</s>", "<unk>", "A", "\u00ff", "<extra_id_0>", "<extra_id_11>"), (
            vocabulary.TokenOf(0), vocabulary.TokenOf(1), vocabulary.TokenOf(2), vocabulary.TokenOf(68), vocabulary.TokenOf(258),
            vocabulary.TokenOf(259), vocabulary.TokenOf(270)));
        foreach (string spelling in new[] { "", "ab", "\u0100", "<s>", "<extra_id_12>", "<extra_id_01>", "<extra_id_>", "<extra_id_-1>", "<extra_id_99999999999>", "<extra_id_1" })
        {
            Assert.False(vocabulary.TryGetId(spelling, out int none), spelling);
            Assert.Equal(-1, none);
        }
    }

    [Fact]
    public void Ids_that_do_not_fit_are_counted()
    {
        var vocabulary = new ByteVocabulary();
        var ids = new int[2];
        Assert.False(vocabulary.TryEncode("abc", ids, out int count));
        Assert.Equal(3, count);
        Assert.Equal([100, 101], ids);
        Assert.True(vocabulary.TryEncode("ab", ids, out count));
        Assert.Equal(2, count);
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("sentinels", () => new ByteVocabulary(-1));
        Assert.Throws<ArgumentOutOfRangeException>("sentinels", () => new ByteVocabulary(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("id", () => new ByteVocabulary().TokenOf(384));
        Assert.Throws<ArgumentOutOfRangeException>("id", () => new ByteVocabulary().TokenOf(-1));
    }
}
