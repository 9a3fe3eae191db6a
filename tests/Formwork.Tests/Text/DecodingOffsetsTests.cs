using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Which part of the decoded text each token became.</summary>
public class DecodingOffsetsTests
{
    public static TheoryData<string> Names => StreamingDecoderTests.Names;

    public static TheoryData<string> NamesWithoutRules => StreamingDecoderTests.NamesWithoutRules;

    public static TheoryData<string, bool, bool, bool> Rules => StreamingDecoderTests.Rules;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_parts_cover_the_text_in_order(string name) => CheckRandom(Denormalizing.Model(name));

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_parts_cover_the_text_under_any_rules_for_it(string name, bool dummyPrefix, bool removesSpaces, bool escapes) =>
        CheckRandom(Denormalizing.Model(name, dummyPrefix, removesSpaces, escapes), coversStart: !removesSpaces && !dummyPrefix);

    [Theory]
    [MemberData(nameof(NamesWithoutRules))]
    public void A_part_is_what_its_token_adds_to_the_text(string name)
    {
        SentencePieceModel model = Denormalizing.Model(name);
        foreach (int[] ids in RandomIds.Of(model, 500, seed: 6))
        {
            string text = model.DecodeWithOffsets(ids, out TokenSpan[] tokens);
            for (int i = 0; i < ids.Length; i++)
            {
                if (model.KindOf(ids[i]) != PieceKind.Byte)
                {
                    Assert.Equal(model.Decode(ids.AsSpan(0, i + 1)), text[..tokens[i].End]);
                }
            }
        }
    }

    [Fact]
    public void Parts_begin_with_the_space_before_their_word()
    {
        SentencePieceModel model = TestModels.Get("unigram-nfkc");
        int[] ids = [model.BeginId, .. model.Encode("two dogs."), model.UnknownId, model.EndId];
        string text = model.DecodeWithOffsets(ids, out TokenSpan[] tokens);
        Assert.Equal("two dogs. \u2047 ", text);
        Assert.Equal(ids, tokens.Select(token => token.Id));
        Assert.Equal("two dogs. \u2047 ", string.Concat(tokens.Select(token => text[token.Range])));
        Assert.Equal(0, tokens[0].Length);
        Assert.StartsWith("two", text[tokens[1].Start..], StringComparison.Ordinal);
        Assert.Contains(tokens, token => text[token.Range].StartsWith(" d", StringComparison.Ordinal));
        Assert.Equal((text.Length, 0), (tokens[^1].Start, tokens[^1].Length));
    }

    [Fact]
    public void The_last_byte_of_a_character_has_it_and_damaged_bytes_have_a_sign_each()
    {
        SentencePieceModel model = TestModels.Get("bpe-bytes");
        int[] bytes = [.. "\U0001f642"u8.ToArray().Select(value => model.IdOf($"<0x{value:X2}>"))];
        int[] ids = [.. bytes, bytes[0], bytes[1], .. bytes, model.IdOf("a"), bytes[0]];
        string text = model.DecodeWithOffsets(ids, out TokenSpan[] tokens);
        Assert.Equal("\U0001f642\uFFFD\uFFFD\U0001f642a\uFFFD", text);
        Assert.Equal([(0, 0), (0, 0), (0, 0), (0, 2), (2, 1), (3, 1), (4, 0), (4, 0), (4, 0), (4, 2), (6, 1), (7, 1)], tokens.Select(token => (token.Start, token.Length)));
    }

    [Fact]
    public void Rules_move_the_parts()
    {
        // " ." becomes "." and "é" becomes e and an accent.
        SentencePieceModel model = TestModels.Get("unigram-suffix");
        string text = model.DecodeWithOffsets([model.IdOf("a\u2581"), model.IdOf("."), model.IdOf("\u00e9"), model.IdOf("a")], out TokenSpan[] tokens);
        Assert.Equal("a.e\u0301a", text);
        Assert.Equal([(0, 2), (2, 0), (2, 2), (4, 1)], tokens.Select(token => (token.Start, token.Length)));
    }

    private static void CheckRandom(SentencePieceModel model, bool coversStart = true)
    {
        foreach (int[] ids in RandomIds.Of(model, 2000, seed: 5))
        {
            string text = model.DecodeWithOffsets(ids, out TokenSpan[] tokens);
            Assert.Equal(model.Decode(ids), text);
            Assert.Equal(ids, tokens.Select(token => token.Id));
            int end = tokens.Length > 0 && !coversStart ? tokens[0].Start : 0;
            foreach (TokenSpan token in tokens)
            {
                Assert.Equal(end, token.Start);
                end = token.End;
            }
            Assert.True(tokens.Length == 0 || end == text.Length, $"[{string.Join(", ", ids)}]: '{text}' is covered up to {end}");
        }
    }
}
