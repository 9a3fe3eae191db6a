using Formwork.Text;
using static Formwork.Tests.Text.ModelFileBuilder;

namespace Formwork.Tests.Text;

/// <summary>Each algorithm on a vocabulary small enough to work out by hand, and at its edges.</summary>
public class SegmentationTests
{
    private const int Unigram = 1;
    private const int BytePair = 2;
    private const int Word = 3;
    private const int Character = 4;

    [Fact]
    public void Unigram_takes_the_greatest_sum_of_scores()
    {
        // a+b+c = -6, ab+c = -3.5, a+bc = -4.
        SentencePieceModel model = Model(Unigram, ("a", -2), ("b", -2), ("c", -2), ("ab", -1.5f), ("bc", -2));
        Assert.Equal(["ab", "c"], Pieces(model, "abc"));
    }

    [Fact]
    public void Unigram_keeps_the_path_found_first_among_equals()
    {
        // a+ab, aa+b and a+a+b all sum to -3; the earliest start that reaches the end is that of "ab".
        SentencePieceModel model = Model(Unigram, ("a", -1), ("b", -1), ("aa", -2), ("ab", -2));
        Assert.Equal(["a", "ab"], Pieces(model, "aab"));
    }

    [Fact]
    public void Byte_pairs_merge_by_score_and_then_from_the_left()
    {
        SentencePieceModel model = Model(BytePair, ("a", -9), ("b", -9), ("c", -9), ("ab", -2), ("bc", -1), ("aa", -3));
        Assert.Equal(["a", "bc"], Pieces(model, "abc"));
        Assert.Equal(["aa", "a"], Pieces(model, "aaa"));
        Assert.Equal(["aa", "aa", "bc"], Pieces(model, "aaaabc"));
    }

    [Fact]
    public void Byte_pairs_take_unused_pieces_apart_the_way_they_were_merged()
    {
        ModelFileBuilder file = Valid().Piece("b", -9).Piece("ab", -1, 5).Piece("aba", -2, 5).Piece("abab", -3);
        SentencePieceModel model = SentencePieceModel.FromBytes(file.Trainer(Varint(3, BytePair)).Normalizer(Varint(3, 0)).Build());
        Assert.Equal(["a", "b", "a"], Pieces(model, "aba"));
        Assert.Equal(["abab"], Pieces(model, "abab"));
    }

    [Theory]
    [InlineData(Unigram)]
    [InlineData(BytePair)]
    [InlineData(Character)]
    public void A_run_of_unknown_text_is_one_token(int type)
    {
        SentencePieceModel model = Model(type, ("a", -1));
        Assert.Equal([new TokenSpan(1, 0, 1), new TokenSpan(0, 1, 3), new TokenSpan(1, 4, 1)], model.EncodeWithOffsets("a\u00e9\U0001f642a"));
    }

    [Theory]
    [InlineData(Unigram)]
    [InlineData(BytePair)]
    [InlineData(Character)]
    public void A_user_defined_symbol_is_kept_whole_and_the_longest_wins(int type)
    {
        ModelFileBuilder file = Valid().Piece("b", -1).Piece("xab", -1).Piece("ab", 0, 4).Piece("abb", 0, 4);
        SentencePieceModel model = SentencePieceModel.FromBytes(file.Trainer(Varint(3, type)).Normalizer(Varint(3, 0)).Build());
        Assert.Equal(["a", "ab", "abb", "b"], Pieces(model, "aababbb"));
    }

    [Fact]
    public void Words_carry_the_space_before_them()
    {
        SentencePieceModel model = Model(Word, ("\u2581b", -1), ("\u2581", -1));
        Assert.Equal(["a", "\u2581b", "\u2581", "\u2581b"], Pieces(model, "a b \u2581b"));
    }

    [Theory]
    [InlineData(BytePair)]
    [InlineData(Character)]
    [InlineData(Word)]
    public void Text_spelled_like_a_control_piece_is_unknown(int type)
    {
        ModelFileBuilder file = Valid().Piece("x", 0, 3);
        SentencePieceModel model = SentencePieceModel.FromBytes(file.Trainer(Varint(3, type)).Normalizer(Varint(3, 0)).Build());
        Assert.Equal([model.UnknownId], model.Encode("x"));
        Assert.Equal("a", model.Decode([2, 1, 2]));
    }

    private static SentencePieceModel Model(int type, params (string Text, float Score)[] pieces)
    {
        ModelFileBuilder file = new ModelFileBuilder().Piece("<unk>", 0, 2);
        Array.ForEach(pieces, piece => file.Piece(piece.Text, piece.Score));
        if (!pieces.Any(piece => piece.Text == "a"))
        {
            file.Piece("a", -9);
        }
        return SentencePieceModel.FromBytes(
            file.Trainer(Varint(3, type)).Normalizer(Varint(3, 0), Varint(4, 0)).Build());
    }

    private static string[] Pieces(SentencePieceModel model, string text) => Array.ConvertAll(model.Encode(text), model.PieceOf);
}
