using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Formwork.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>All captions of both languages give the ids and the text that the reference of each family gives.</summary>
public class PretrainedCorpusTests
{
    public static TheoryData<string> Cases => PretrainedDirectories.Cases;

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Every_line_of_the_corpus_gives_the_references_ids_and_text(string name)
    {
        Tokenizer tokenizer = PretrainedDirectories.Case(name);
        using JsonDocument golden = PretrainedDirectories.Golden("corpus");
        int block = golden.RootElement.GetProperty("block").GetInt32();
        int files = 0;
        foreach (JsonProperty file in golden.RootElement.GetProperty("cases").GetProperty(name).EnumerateObject())
        {
            files++;
            string[] lines = ReadLines(SharedFolder.File("data", "multi30k", file.Name));
            string[] expected = file.Value.GetString()!.Split(' ');
            Assert.Equal(expected.Length, (lines.Length + block - 1) / block);
            for (int number = 0; number < expected.Length; number++)
            {
                List<int> ids = [];
                var text = new StringBuilder();
                foreach (string line in lines[(number * block)..Math.Min(lines.Length, (number + 1) * block)])
                {
                    int[] encoded = tokenizer.Encode(line);
                    ids.AddRange(encoded);
                    ids.Add(-1);
                    text.Append(tokenizer.Decode(encoded)).Append('\n');
                }
                string actual = ShortDigest.Of(ids.ToArray()) + ShortDigest.Of(text.ToString());
                Assert.True(expected[number] == actual, $"{file.Name}, lines from {(number * block) + 1}: ids and text {expected[number]} became {actual}");
            }
        }
        Assert.Equal(8, files);
    }

    private static string[] ReadLines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string text = reader.ReadToEnd();
        return text[..(text.EndsWith('\n') ? ^1 : ^0)].Split('\n');
    }
}
