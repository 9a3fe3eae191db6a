using System.Text;
using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Vocabularies by position: of characters in a string, and of lines in a file.</summary>
public class CharacterVocabularyTests
{
    [Fact]
    public void Characters_are_numbered_by_position_after_the_reserved_ones()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.FromCharacters("____ab\U0001f642\u0301", unknownId: 3, reserved: 4);
        Assert.Equal(8, vocabulary.Count);
        Assert.Equal([4, 5, 6, 7, 3, 3], vocabulary.EncodeCharacters("ab\U0001f642\u0301_\uD83D"));
        Assert.Equal("b\U0001f642a", vocabulary.Decode([1, 5, 6, 4, 2]));
        Assert.Equal("b a", vocabulary.Decode([1, 5, 4], " "));
        Assert.Equal("", vocabulary.Decode([]));
        Assert.Empty(vocabulary.EncodeCharacters(""));
    }

    [Fact]
    public void Lines_are_numbered_by_position_and_the_unknown_symbol_is_added()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.FromLines("<s>\nab\n\u00e9\n"u8);
        Assert.Equal((4, 3), (vocabulary.Count, vocabulary.UnknownId));
        Assert.Equal("<unk>", vocabulary.SymbolOf(3));
        Assert.Equal([1, 2, 3, 0], vocabulary.EncodeTokens("  ab \u00e9\tx\n<s> "));
        Assert.Equal([2, 3], vocabulary.EncodeCharacters("\u00e9a"));
        Assert.Equal("ab \u00e9", vocabulary.Decode([1, 2], " "));
        Assert.Equal(1, CharacterVocabulary.FromLines("a\n<unk>\nb"u8).UnknownId);
        Assert.Equal(0, CharacterVocabulary.FromLines("?\nb"u8, unknown: "?").UnknownId);
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.FromLines([0xEF, 0xBB, 0xBF, .. "a\r\nb\r\n"u8]);
        Assert.Equal([0, 1], vocabulary.EncodeTokens("a b"));
        Assert.Equal(3, vocabulary.Count);
    }

    [Theory]
    [InlineData("", VocabularyLoadError.Empty, 0)]
    [InlineData("\uFEFF", VocabularyLoadError.Empty, -1)]
    [InlineData("a\n\nb\n", VocabularyLoadError.EmptySymbol, 2)]
    [InlineData("a\n\r\nb\n", VocabularyLoadError.EmptySymbol, 2)]
    [InlineData("a\nb\na\n", VocabularyLoadError.DuplicateSymbol, 4)]
    [InlineData("a\rb\n", VocabularyLoadError.InvalidText, 0)]
    [InlineData("a\n\0\n", VocabularyLoadError.InvalidText, 2)]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", VocabularyLoadError.NotAVocabulary, 0)]
    [InlineData("<!DOCTYPE html>\n", VocabularyLoadError.NotAVocabulary, 0)]
    public void Unusable_files_are_refused_with_the_place(string content, VocabularyLoadError error, long offset)
    {
        VocabularyLoadException problem =
            Assert.Throws<VocabularyLoadException>(() => CharacterVocabulary.FromLines(Encoding.UTF8.GetBytes(content)));
        Assert.Equal((error, offset), (problem.Error, problem.Offset));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() =>
        Assert.Equal(
            VocabularyLoadError.InvalidText,
            Assert.Throws<VocabularyLoadException>(() => CharacterVocabulary.FromLines([(byte)'a', 0xC3, (byte)'\n'])).Error);

    [Fact]
    public void A_file_that_is_refused_is_named()
    {
        string path = Path.GetTempFileName();
        VocabularyLoadException problem = Assert.Throws<VocabularyLoadException>(() => CharacterVocabulary.FromLines(path));
        File.Delete(path);
        Assert.Equal(path, problem.FileName);
    }

    [Fact]
    public void Characters_that_cannot_be_numbered_are_refused()
    {
        Assert.Equal(
            VocabularyLoadError.DuplicateSymbol,
            Assert.Throws<VocabularyLoadException>(() => CharacterVocabulary.FromCharacters("aba", 0)).Error);
        Assert.Throws<VocabularyLoadException>(() => CharacterVocabulary.FromCharacters("", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterVocabulary.FromCharacters("ab", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterVocabulary.FromCharacters("ab", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterVocabulary.FromCharacters("ab", 0, reserved: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterVocabulary.FromCharacters("ab", 0).Decode([2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CharacterVocabulary.FromCharacters("ab", 0).SymbolOf(-1));
    }

    [SkippableFact]
    public void The_phoneme_model_reads_and_writes_as_recorded()
    {
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.File("models", "bart-g2p", "config.json")));
        CharacterVocabulary graphemes = CharacterVocabulary.FromCharacters(
            config.RootElement.GetProperty("grapheme_chars").GetString()!, unknownId: 3, reserved: 4);
        CharacterVocabulary phonemes = CharacterVocabulary.FromCharacters(
            config.RootElement.GetProperty("phoneme_chars").GetString()!, unknownId: 3, reserved: 4);
        Assert.Equal("hello", graphemes.Decode(graphemes.EncodeCharacters("hello")));
        Assert.Equal([3, 3], graphemes.EncodeCharacters("\u00e9_"));
        Assert.Equal("h\u02c8\u025blO", phonemes.Decode([1, 12, 45, 32, 16, 6, 2]));
    }

    [SkippableFact]
    public void The_transliteration_model_reads_and_writes_as_recorded()
    {
        CharacterVocabulary source = CharacterVocabulary.FromLines(SharedFolder.File("models", "aren-transliteration", "source_vocabulary.txt"));
        CharacterVocabulary target = CharacterVocabulary.FromLines(SharedFolder.File("models", "aren-transliteration", "target_vocabulary.txt"));
        Assert.Equal((51, 50, 43), (source.Count, source.UnknownId, target.Count));
        const string Spaced = "\u0622 \u062a \u0632 \u0645 \u0648 \u0646";
        Assert.Equal(source.EncodeCharacters(Spaced.Replace(" ", "", StringComparison.Ordinal)), source.EncodeTokens(Spaced));
        Assert.DoesNotContain(source.UnknownId, source.EncodeTokens(Spaced));
        Assert.Equal("a t z m o n", target.Decode(target.EncodeTokens("a t z m o n"), " "));
    }
}
