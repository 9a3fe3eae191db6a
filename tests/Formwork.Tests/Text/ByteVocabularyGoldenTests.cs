using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Vocabularies of bytes give the ids and the text that their references give: of awkward strings, of random ids, of all captions.</summary>
public class ByteVocabularyGoldenTests
{
    public static TheoryData<string> Names => TestByteVocabularies.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Awkward_strings_are_tokenised_as_by_the_reference_and_come_back_whole(string name)
    {
        ITextVocabulary vocabulary = TestByteVocabularies.Get(name);
        using JsonDocument golden = Golden("byte-strings");
        JsonElement.ArrayEnumerator entries = golden.RootElement.GetProperty("models").GetProperty(name).EnumerateArray();
        foreach (JsonElement input in golden.RootElement.GetProperty("strings").EnumerateArray())
        {
            Assert.True(entries.MoveNext());
            string unit = input.GetProperty("text").GetString()!;
            string text = new StringBuilder().Insert(0, unit, input.GetProperty("count").GetInt32()).ToString();
            int[] ids = TestByteVocabularies.Encode(vocabulary, text);
            Assert.Equal(text, vocabulary.Decode(ids));
            if (entries.Current.TryGetProperty("ids", out JsonElement expected))
            {
                Equal(unit, string.Join(' ', Ints(expected)), string.Join(' ', ids));
                continue;
            }
            using var digest = new Digest();
            digest.Add(ids, text);
            Equal(unit, entries.Current.GetProperty("count").GetInt32(), ids.Length);
            Equal(unit, entries.Current.GetProperty("digest").GetString(), digest.TakeWithoutOffsets());
        }
        Assert.False(entries.MoveNext());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Random_ids_are_joined_as_by_the_reference(string name)
    {
        using JsonDocument golden = Golden("byte-decode");
        foreach (JsonElement entry in golden.RootElement.GetProperty("models").GetProperty(name).EnumerateArray())
        {
            int[] ids = Ints(entry.GetProperty("ids"));
            Equal(string.Join(' ', ids), entry.GetProperty("decoded").GetString(), TestByteVocabularies.Get(name).Decode(ids));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Every_line_of_the_corpus_is_tokenised_and_joined_as_by_the_reference(string name)
    {
        ITextVocabulary vocabulary = TestByteVocabularies.Get(name);
        using JsonDocument golden = Golden("byte-corpus");
        int block = golden.RootElement.GetProperty("block").GetInt32();
        List<int> ids = [];
        using var digest = new Digest();
        foreach (JsonProperty file in golden.RootElement.GetProperty("models").GetProperty(name).EnumerateObject())
        {
            string[] lines = ReadLines(SharedFolder.File("data", "multi30k", file.Name));
            Assert.Equal(file.Value.GetArrayLength(), (lines.Length + block - 1) / block);
            int number = 0;
            foreach (JsonElement expected in file.Value.EnumerateArray())
            {
                int first = number++ * block;
                foreach (string line in lines[first..Math.Min(lines.Length, first + block)])
                {
                    ids.Clear();
                    vocabulary.Encode(line, ids);
                    digest.Add([.. ids], vocabulary.Decode([.. ids]));
                    digest.EndLine();
                }
                Equal($"{file.Name}, lines {first + 1} to {first + block}: ids, text", expected.GetString(), digest.TakeWithoutOffsets());
            }
        }
    }

    private static string[] ReadLines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string text = reader.ReadToEnd();
        return text[..(text.EndsWith('\n') ? ^1 : ^0)].Split('\n');
    }

    private static JsonDocument Golden(string name) => JsonDocument.Parse(File.ReadAllBytes(TextFiles.Golden(name)));

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(each => each.GetInt32())];

    private static void Equal<T>(string label, T expected, T actual) =>
        Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{label}: expected [{expected}], got [{actual}]");
}
