using Formwork.Alignment;
using Formwork.Text;

namespace Formwork.Tests.Alignment;

public class WordsTests
{
    /// <summary>Texts cut into tokens at the bars; a word's tokens are told by their number.</summary>
    [Theory]
    [InlineData("A| cat| sit|s|.", WordBoundary.Spaces, "A:1 cat:1 sits.:3")]
    [InlineData("A| cat| sit|s|.", WordBoundary.Punctuation, "A:1 cat:1 sits:2 .:1")]
    [InlineData("A| cat| sit|s.", WordBoundary.Punctuation, "A:1 cat:1 sits.:2")]
    [InlineData("A| cat| sit|s|.", WordBoundary.Tokens, "A:1 cat:1 sit:1 s:1 .:1")]
    [InlineData("l|'|homme| ra|\u2019|rock|-|and", WordBoundary.Punctuation, "l'homme:3 ra\u2019rock-and:5")]
    [InlineData("\u00ab| non|,|\u00a0\u00bb|,| dit", WordBoundary.Punctuation, "\u00ab:1 non:1 ,:1 \u00bb,:2 dit:1")]
    [InlineData("\u00ab| non|,|\u00a0\u00bb|,| dit", WordBoundary.Spaces, "\u00ab:1 non,:2 \u00bb,:2 dit:1")]
    [InlineData("la| (|bleu|e|)| \u00e0", WordBoundary.Punctuation, "la:1 (:1 bleue:2 ):1 \u00e0:1")]
    [InlineData("a |dog |.", WordBoundary.Spaces, "a:1 dog:1 .:1")]
    [InlineData("a| | |dog|  ", WordBoundary.Spaces, "a:1 dog:3")]
    [InlineData("||a||b||", WordBoundary.Spaces, "ab:5")]
    [InlineData("||a||b||", WordBoundary.Tokens, "a:3 b:2")]
    [InlineData("New York| is", WordBoundary.Spaces, "New_York:1 is:1")]
    [InlineData("\u4eca\u5929|\u5929\u6c14|\u5f88\u597d", WordBoundary.Tokens, "\u4eca\u5929:1 \u5929\u6c14:1 \u5f88\u597d:1")]
    [InlineData("\u4eca\u5929|\u5929\u6c14|\u5f88\u597d", WordBoundary.Spaces, "\u4eca\u5929\u5929\u6c14\u5f88\u597d:3")]
    [InlineData("", WordBoundary.Spaces, "")]
    [InlineData("  ||", WordBoundary.Tokens, "")]
    public void A_text_is_split_into_words(string cut, WordBoundary boundary, string expected)
    {
        string text = cut.Replace("|", "", StringComparison.Ordinal);
        Word[] words = Words.Split(text, Tokens(cut), boundary);
        Assert.Equal(expected, string.Join(' ', words.Select(word => $"{text[word.Range].Replace(' ', '_')}:{word.TokenCount}")));
        int next = 0;
        foreach (Word word in words)
        {
            Assert.Equal(next, word.FirstToken);
            next = word.EndToken;
        }
    }

    [Fact]
    public void Words_at_spaces_are_those_of_a_split_text_for_real_tokens()
    {
        SentencePieceModel pieces = SentencePieceModel.Load(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "sentencepiece.model"));
        foreach (string text in new[] { "A cat sits on a mat.", "  Two men, one in a t-shirt,  play \"chess\".", "L'homme \u00e0 la chemise (bleue)\u00a0; 3,5 m!" })
        {
            string[] expected = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(expected, Words.Split(text, pieces.EncodeWithOffsets(text)).Select(word => text[word.Range]));
            string decoded = pieces.DecodeWithOffsets(pieces.Encode(text), out TokenSpan[] tokens);
            Assert.Equal(expected, Words.Split(decoded, tokens).Select(word => decoded[word.Range]));
        }
    }

    [Fact]
    public void Tokens_of_another_text_are_refused()
    {
        Assert.Throws<ArgumentException>("tokens", () => Words.Split("ab", [new TokenSpan(0, 1, 2)]));
        Assert.Throws<ArgumentException>(() => Words.Split("ab", [new TokenSpan(0, -1, 1)]));
        Assert.Throws<ArgumentException>(() => Words.Split("ab", [new TokenSpan(0, int.MaxValue, int.MaxValue)]));
        Assert.Throws<ArgumentOutOfRangeException>("boundary", () => Words.Split("ab", [], (WordBoundary)3));
    }

    private static TokenSpan[] Tokens(string cut)
    {
        List<TokenSpan> tokens = [];
        int start = 0;
        foreach (string part in cut.Split('|'))
        {
            tokens.Add(new TokenSpan(tokens.Count, start, part.Length));
            start += part.Length;
        }

        return [.. tokens];
    }
}
