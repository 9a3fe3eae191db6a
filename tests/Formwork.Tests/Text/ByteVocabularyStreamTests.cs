using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>What holds of both vocabularies of bytes: tokens one by one give the text that they give at once, without allocating.</summary>
public class ByteVocabularyStreamTests
{
    public static TheoryData<string> Names => TestByteVocabularies.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_parts_of_any_sequence_join_to_its_text(string name)
    {
        ITextVocabulary vocabulary = TestByteVocabularies.Get(name);
        StreamingDecoder decoder = vocabulary.CreateStreamingDecoder();
        foreach (int[] ids in TestByteVocabularies.RandomIds(vocabulary, 20_000, seed: 1))
        {
            var text = new StringBuilder();
            foreach (int id in ids)
            {
                ReadOnlySpan<char> part = decoder.Append(id);
                Assert.False(!part.IsEmpty && (char.IsHighSurrogate(part[^1]) || char.IsLowSurrogate(part[0])), "Half a character was given.");
                text.Append(part);
            }
            text.Append(decoder.Flush());
            Assert.True(vocabulary.Decode(ids) == text.ToString(), $"[{string.Join(", ", ids)}]: '{vocabulary.Decode(ids)}', in parts '{text}'");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_held_back_but_the_bytes_of_an_incomplete_character(string name)
    {
        ITextVocabulary vocabulary = TestByteVocabularies.Get(name);
        StreamingDecoder decoder = vocabulary.CreateStreamingDecoder();
        foreach (string text in new[] { "A man, 2 dogs.", "\u00e9t\u00e9 \u6f22\u5b57 \U0001f642!" })
        {
            int[] ids = TestByteVocabularies.Encode(vocabulary, text);
            var given = new StringBuilder();
            for (int i = 0; i < ids.Length; i++)
            {
                given.Append(decoder.Append(ids[i]));
                // Of whole characters a text has no replacement: what is not given yet is the one at the end.
                Assert.Equal(vocabulary.Decode(ids.AsSpan(0, i + 1)).TrimEnd('\uFFFD'), given.ToString());
            }
            Assert.Equal("", decoder.Flush().ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_in_the_callers_memory_and_streams_allocate_nothing(string name)
    {
        ITextVocabulary vocabulary = TestByteVocabularies.Get(name);
        int[] ids = [.. TestByteVocabularies.RandomIds(vocabulary, 500, seed: 3).SelectMany(static ids => ids)];
        string text = string.Concat(Enumerable.Repeat("Deux chiens \u00e0 l'ext\u00e9rieur \U0001f642  12\u00a0m. ", 40));
        StreamingDecoder decoder = vocabulary.CreateStreamingDecoder();
        var buffer = new int[4096];
        Assert.True(Run() > 0);
        Assert.Equal(0, Allocation.Least(() => Run()));

        int Run()
        {
            int units = 0;
            foreach (int id in ids)
            {
                units += decoder.Append(id).Length;
            }
            Assert.True(vocabulary is ByteLevelBpe bpe
                ? bpe.TryEncode(text, buffer, out int count)
                : ((ByteVocabulary)vocabulary).TryEncode(text, buffer, out count));
            return units + decoder.Flush().Length + count;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_id_outside_the_vocabulary_is_refused_and_changes_nothing(string name)
    {
        ITextVocabulary vocabulary = TestByteVocabularies.Get(name);
        int[] smile = TestByteVocabularies.Encode(vocabulary, "\u2603");
        StreamingDecoder decoder = vocabulary.CreateStreamingDecoder();
        decoder.Append(smile[0]);
        Assert.Throws<ArgumentOutOfRangeException>("id", () => decoder.Append(vocabulary.Count).Length);
        Assert.Throws<ArgumentOutOfRangeException>("id", () => decoder.Append(-1).Length);
        Assert.Equal("\u2603", string.Concat(smile[1..].Select(id => decoder.Append(id).ToString())));
        Assert.Throws<ArgumentOutOfRangeException>("ids", () => vocabulary.Decode([smile[0], vocabulary.Count]));
        Assert.Throws<ArgumentOutOfRangeException>("ids", () => vocabulary.Decode([-1]));
    }
}
