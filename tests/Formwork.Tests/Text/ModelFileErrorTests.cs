using System.Text;
using Formwork.Text;
using static Formwork.Tests.Text.ModelFileBuilder;

namespace Formwork.Tests.Text;

/// <summary>Each way in which a model file can be unusable gives its own error, at its own place.</summary>
public class ModelFileErrorTests
{
    [Theory]
    [InlineData("", VocabularyLoadError.Empty)]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", VocabularyLoadError.NotAVocabulary)]
    [InlineData("<!DOCTYPE html><html></html>", VocabularyLoadError.NotAVocabulary)]
    [InlineData("\n  <html lang=en>", VocabularyLoadError.NotAVocabulary)]
    [InlineData("{\"version\": \"1.0\"}", VocabularyLoadError.NotAVocabulary)]
    [InlineData("PK\u0003\u0004", VocabularyLoadError.NotAVocabulary)]
    [InlineData("GGUF\u0003", VocabularyLoadError.NotAVocabulary)]
    public void Other_files_are_recognised(string content, VocabularyLoadError error)
    {
        VocabularyLoadException problem = Fails(Encoding.UTF8.GetBytes(content), error);
        Assert.Equal(0, problem.Offset);
        Assert.NotEmpty(problem.Advice);
    }

    [Fact]
    public void A_model_without_pieces_is_refused() =>
        Assert.Equal(-1, Fails(new ModelFileBuilder().Trainer(Varint(3, 1)).Build(), VocabularyLoadError.Empty).Offset);

    [Fact]
    public void The_message_says_where_what_and_what_to_do()
    {
        byte[] model = Valid().Piece("x", float.NaN).Build();
        VocabularyLoadException problem = Fails(model, VocabularyLoadError.Score);
        Assert.Equal(model.Length - 7, problem.Offset);
        Assert.Contains($"at byte {problem.Offset}", problem.Message, StringComparison.Ordinal);
        Assert.Contains("expected a finite score, found NaN", problem.Message, StringComparison.Ordinal);
        Assert.Contains("fetch it again", problem.Message, StringComparison.Ordinal);
        Assert.Null(problem.FileName);

        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, model);
        problem = Assert.Throws<VocabularyLoadException>(() => SentencePieceModel.Load(path));
        File.Delete(path);
        Assert.Equal(path, problem.FileName);
        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_encoding_is_refused()
    {
        byte[] valid = Valid().Build();
        Fails(valid[..^1], VocabularyLoadError.Truncated);
        Fails([0x0A], VocabularyLoadError.Truncated);
        Fails([.. valid, 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], VocabularyLoadError.Truncated);
        Fails([.. valid, 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], VocabularyLoadError.Malformed);
        Fails([.. valid, 0x00], VocabularyLoadError.Malformed);
        Fails([.. valid, 0x0B], VocabularyLoadError.Malformed);
        Fails(Valid().Raw(Varint(1, 5)).Build(), VocabularyLoadError.Malformed);
        Fails(Valid().Raw(Blob(1, Message(Varint(1, 5)))).Build(), VocabularyLoadError.Malformed);
        Fails(Valid().Raw(Blob(1, Message(Characters(1, "b"), Varint(2, 5)))).Build(), VocabularyLoadError.Malformed);
        Fails(Valid().Trainer(Characters(3, "BPE")).Build(), VocabularyLoadError.Malformed);
    }

    [Fact]
    public void Unusable_pieces_are_refused()
    {
        Fails(Valid().Raw(Blob(1, Message(Blob(1, [0xC3])))).Build(), VocabularyLoadError.InvalidText);
        Fails(Valid().Piece("a\0b", 0).Build(), VocabularyLoadError.InvalidText);
        Fails(Valid().Piece("", 0).Build(), VocabularyLoadError.EmptySymbol);
        Fails(Valid().Raw(Blob(1, [])).Build(), VocabularyLoadError.EmptySymbol);
        Fails(Valid().Piece("a", -2).Build(), VocabularyLoadError.DuplicateSymbol);
        Fails(Valid().Piece("<s>", 0, 3).Piece("<s>", 0, 3).Build(), VocabularyLoadError.DuplicateSymbol);
        Fails(Valid().Piece("b", float.PositiveInfinity).Build(), VocabularyLoadError.Score);
        Fails(Valid().Piece("b", 0, 0).Build(), VocabularyLoadError.PieceType);
        Fails(Valid().Piece("b", 0, 7).Build(), VocabularyLoadError.PieceType);
    }

    [Fact]
    public void There_must_be_one_unknown_piece()
    {
        Fails(new ModelFileBuilder().Piece("a", -1).Build(), VocabularyLoadError.UnknownPiece);
        Fails(Valid().Piece("<unk2>", 0, 2).Build(), VocabularyLoadError.UnknownPiece);
    }

    [Fact]
    public void Byte_pieces_come_with_byte_fallback_and_all_together()
    {
        Fails(Valid().Piece("<0x41>", 0, 6).Build(), VocabularyLoadError.BytePieces);
        Fails(Valid().Trainer(Varint(35, 1)).Build(), VocabularyLoadError.BytePieces);
        ModelFileBuilder lower = Valid().Trainer(Varint(35, 1));
        ModelFileBuilder upper = Valid().Trainer(Varint(35, 1));
        for (int value = 0; value < 256; value++)
        {
            lower.Piece($"<0x{value:x2}>", 0, 6);
            upper.Piece($"<0x{value:X2}>", 0, 6);
        }
        Fails(lower.Build(), VocabularyLoadError.BytePieces);
        SentencePieceModel model = SentencePieceModel.FromBytes(upper.Build());
        Assert.Equal(["<0xE2>", "<0x96>", "<0x81>", "a", "<0x62>"], model.Encode("ab").Select(model.PieceOf));
    }

    [Fact]
    public void Special_ids_lie_in_the_vocabulary()
    {
        VocabularyLoadException problem = Fails(Valid().Trainer(Varint(42, 2)).Build(), VocabularyLoadError.IdOutOfRange);
        Assert.Equal("2", problem.Found);
        Fails(Valid().Trainer(Varint(43, -2)).Build(), VocabularyLoadError.IdOutOfRange);
        SentencePieceModel.FromBytes(Valid().Trainer(Varint(42, 1), Varint(43, -1)).Build());
    }

    [Fact]
    public void The_model_type_must_be_known()
    {
        Fails(Valid().Trainer(Varint(3, 0)).Build(), VocabularyLoadError.UnsupportedModelType);
        Fails(Valid().Trainer(Varint(3, 5)).Build(), VocabularyLoadError.UnsupportedModelType);
    }

    [Fact]
    public void Damaged_normalisation_rules_are_refused()
    {
        const uint ToNextBlock = 256u << 10;
        uint[] Units(params (int At, uint Unit)[] set)
        {
            var units = new uint[512];
            units[0] = ToNextBlock;
            Array.ForEach(set, each => units[each.At] = each.Unit);
            return units;
        }
        void FailsWith(byte[] map) => Fails(Valid().Normalizer(Blob(2, map)).Build(), VocabularyLoadError.CharacterMap);

        FailsWith([1, 0]);
        FailsWith([1, 0, 0, 0]);
        FailsWith(CharacterMap(Units(), "x\0", size: 0));
        FailsWith(CharacterMap(Units(), "x\0", size: 2046));
        FailsWith(CharacterMap(Units(), "x\0", size: 2050));
        FailsWith(CharacterMap(Units(), ""));
        FailsWith(CharacterMap(Units(), "x"));
        FailsWith(CharacterMap(Units((0, 1u << 31)), "x\0"));
        FailsWith(CharacterMap(Units((0, 512u << 10)), "x\0"));
        FailsWith(CharacterMap(Units((5, uint.MaxValue >> 1)), "x\0"));
        FailsWith(CharacterMap(new uint[255], "x\0"));
        // 'a' leads from the root to unit 256 ^ 'a'; its value lies at 256 ^ 'a' ^ offset, here unit 'a'.
        const uint LetterA = ToNextBlock | (1u << 8) | 'a';
        FailsWith(CharacterMap(Units((256 ^ 'a', LetterA)), "x\0"));
        FailsWith(CharacterMap(Units((256 ^ 'a', LetterA), ('a', (1u << 31) | 2)), "x\0"));

        byte[] good = CharacterMap(Units((256 ^ 'a', LetterA), ('a', (1u << 31) | 1)), "xa\0");
        SentencePieceModel model = SentencePieceModel.FromBytes(
            Valid().Normalizer(Blob(2, good), Varint(3, 0)).Trainer(Varint(3, 4)).Build());
        // The replacement starts at the value's offset in "xa".
        Assert.Equal([1, 0, 1], model.Encode("a\u00e9a"));
    }

    [Fact]
    public void Fields_may_come_in_any_order_and_unknown_ones_are_passed_over()
    {
        byte[] model = new ModelFileBuilder()
            .Raw(Varint(200, 7)).Raw(Float(201, 1)).Raw(Characters(202, "later")).Raw([0xD9, 0x0C, 1, 2, 3, 4, 5, 6, 7, 8])
            .Trainer(Varint(3, 1)).Trainer(Varint(3, 4)).Piece("a", -1).Piece("<unk>", 0, 2).Piece("aa", -1).Build();
        // The second model type counts: characters, of which the space symbol before the first word is unknown.
        Assert.Equal([1, 0, 0], SentencePieceModel.FromBytes(model).Encode("aa"));
    }

    private static VocabularyLoadException Fails(byte[] model, VocabularyLoadError error)
    {
        VocabularyLoadException problem = Assert.Throws<VocabularyLoadException>(() => SentencePieceModel.FromBytes(model));
        Assert.True(problem.Error == error, problem.Message);
        return problem;
    }
}
