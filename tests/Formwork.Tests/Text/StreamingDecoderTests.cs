using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Tokens one by one give the text that they give at once.</summary>
public class StreamingDecoderTests
{
    public static TheoryData<string> Names => [.. TestModels.AllNames, Denormalizing.SampleModel];

    /// <summary>The models whose text nothing changes once it is joined.</summary>
    public static TheoryData<string> NamesWithoutRules => [.. TestModels.AllNames.Except(["unigram-suffix"]), Denormalizing.SampleModel];

    public static TheoryData<string, bool, bool, bool> Rules
    {
        get
        {
            TheoryData<string, bool, bool, bool> rules = [];
            foreach (string name in new[] { "unigram-suffix", "bpe-bytes" })
            {
                for (int flags = 0; flags < 8; flags++)
                {
                    rules.Add(name, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
                }
            }
            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_parts_of_any_sequence_join_to_its_text(string name) => CheckRandom(Denormalizing.Model(name));

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_parts_join_to_the_text_under_any_rules_for_it(string name, bool dummyPrefix, bool removesSpaces, bool escapes) =>
        CheckRandom(Denormalizing.Model(name, dummyPrefix, removesSpaces, escapes));

    [Theory]
    [MemberData(nameof(NamesWithoutRules))]
    public void Nothing_is_held_back_that_is_final(string name)
    {
        SentencePieceModel model = Denormalizing.Model(name);
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        foreach (int[] ids in RandomIds.Of(model, 500, seed: 2))
        {
            var text = new StringBuilder();
            for (int i = 0; i < ids.Length; i++)
            {
                text.Append(decoder.Append(ids[i]));
                if (model.KindOf(ids[i]) != PieceKind.Byte)
                {
                    Assert.Equal(model.Decode(ids.AsSpan(0, i + 1)), text.ToString());
                }
            }
            decoder.Flush();
        }
    }

    [Fact]
    public void The_bytes_of_a_character_come_together()
    {
        SentencePieceModel model = TestModels.Get("bpe-bytes");
        int[] smile = [.. "\U0001f642"u8.ToArray().Select(value => model.IdOf($"<0x{value:X2}>"))];
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        Assert.Equal(["", "", "", "\U0001f642"], smile.Select(id => decoder.Append(id).ToString()));
        Assert.Equal("", decoder.Flush().ToString());

        // Cut short, it is as many signs of damage as there were bytes, once something else comes or the end.
        Assert.Equal(["", "", ""], smile[..3].Select(id => decoder.Append(id).ToString()));
        Assert.Equal("\uFFFD\uFFFD\uFFFDa", decoder.Append(model.IdOf("a")).ToString());
        Assert.Equal("", decoder.Append(smile[0]).ToString());
        Assert.Equal("\uFFFD", decoder.Flush().ToString());
        Assert.Equal("\uFFFD", decoder.Append(smile[1]).ToString());
        Assert.Equal("", decoder.Flush().ToString());
    }

    [Fact]
    public void A_rule_waits_for_what_it_may_join()
    {
        // " ." becomes "." and "é" becomes e and an accent.
        SentencePieceModel model = TestModels.Get("unigram-suffix");
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        string[] pieces = ["a\u2581", ".", "\u2581", "a"];
        Assert.Equal(["a", ".", "", " a"], pieces.Select(piece => decoder.Append(model.IdOf(piece)).ToString()));
        decoder.Append(model.IdOf("a\u2581"));
        Assert.Equal(" ", decoder.Flush().ToString());
    }

    [Fact]
    public void A_sequence_begins_again_after_the_flush()
    {
        SentencePieceModel model = TestModels.Get("unigram-nfkc");
        int[] ids = model.Encode("two dogs");
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal("two dogs", string.Concat(ids.Select(id => decoder.Append(id).ToString())) + decoder.Flush().ToString());
        }
    }

    [Fact]
    public void An_id_outside_the_vocabulary_is_refused_and_changes_nothing()
    {
        SentencePieceModel model = TestModels.Get("bpe-bytes");
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        decoder.Append(model.IdOf("<0xC3>"));
        Assert.Throws<ArgumentOutOfRangeException>("id", () => decoder.Append(model.PieceCount).Length);
        Assert.Throws<ArgumentOutOfRangeException>("id", () => decoder.Append(-1).Length);
        Assert.Equal("\u00e9", decoder.Append(model.IdOf("<0xA9>")).ToString());
        CharacterVocabulary characters = CharacterVocabulary.FromCharacters("ab", 0);
        Assert.Throws<ArgumentOutOfRangeException>("id", () => characters.CreateStreamingDecoder().Append(2).Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_allocated_once_the_buffers_have_grown(string name)
    {
        SentencePieceModel model = Denormalizing.Model(name);
        int[] ids = [.. RandomIds.Of(model, 300, seed: 3).SelectMany(static ids => ids)];
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        Assert.True(Run() > 0);
        Assert.Equal(0, Allocation.Least(() => Run()));

        int Run()
        {
            int units = 0;
            foreach (int id in ids)
            {
                units += decoder.Append(id).Length;
            }
            return units + decoder.Flush().Length;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(", ")]
    public void The_symbols_of_a_character_vocabulary_join_to_its_text(string separator)
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.FromCharacters("_*<\u00e9\U0001f642\u0301a", unknownId: 2, reserved: 3);
        StreamingDecoder decoder = vocabulary.CreateStreamingDecoder(separator);
        Random random = new(4);
        for (int round = 0; round < 500; round++)
        {
            int[] ids = [.. Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(vocabulary.Count))];
            AssertJoins(vocabulary.Decode(ids, separator), ids, decoder);
        }
    }

    private static void CheckRandom(SentencePieceModel model)
    {
        StreamingDecoder decoder = model.CreateStreamingDecoder();
        foreach (int[] ids in RandomIds.Of(model, 3000, seed: 1))
        {
            AssertJoins(model.Decode(ids), ids, decoder);
        }
    }

    private static void AssertJoins(string expected, int[] ids, StreamingDecoder decoder)
    {
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            ReadOnlySpan<char> part = decoder.Append(id);
            Assert.False(!part.IsEmpty && (char.IsHighSurrogate(part[^1]) || char.IsLowSurrogate(part[0])), "Half a character was given.");
            text.Append(part);
        }
        text.Append(decoder.Flush());
        Assert.True(expected == text.ToString(), $"[{string.Join(", ", ids)}]: '{expected}', but in parts '{text}'");
    }
}
