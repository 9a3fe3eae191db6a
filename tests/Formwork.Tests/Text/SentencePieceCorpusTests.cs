using System.IO.Compression;
using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>All captions of both languages give the reference's ids, offsets and decoded text, with every model.</summary>
public class SentencePieceCorpusTests
{
    public static TheoryData<string> Names => TestModels.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Every_line_of_the_corpus_is_tokenised_and_joined_as_by_the_reference(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(TextFiles.Golden("corpus")));
        int block = golden.RootElement.GetProperty("block").GetInt32();
        var ids = new int[4096];
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
                    TokenSpan[] tokens = model.EncodeWithOffsets(line);
                    Assert.True(model.TryEncode(line, ids, out int count));
                    Assert.True(tokens.Select(token => token.Id).SequenceEqual(ids[..count]));
                    digest.Add(tokens, model.Decode(ids.AsSpan(0, count)));
                    digest.EndLine();
                }
                string actual = digest.Take();
                Assert.True(
                    expected.GetString() == actual,
                    $"{file.Name}, lines {first + 1} to {first + block}: ids, offsets, text {expected.GetString()} became {actual}");
            }
        }
    }

    private static string[] ReadLines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string text = reader.ReadToEnd();
        return text[..(text.EndsWith('\n') ? ^1 : ^0)].Split('\n');
    }
}
