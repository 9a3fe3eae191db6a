using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests;

/// <summary>Generated text is a product that people read: every change to it is looked at.</summary>
public class SnapshotTests
{
    [Fact]
    public void Tiny() => Verify(Declarations.Tiny);

    [Fact]
    public void Bart() => Verify(Declarations.Bart);

    [Fact]
    public void Marian() => Verify(Declarations.Marian);

    [Fact]
    public void OpenNmt() => Verify(Declarations.OpenNmt);

    [Fact]
    public void T5() => Verify(Declarations.T5);

    [Fact]
    public void Recording() => Verify(Declarations.Recording);

    [Fact]
    public void Batch() => Verify(Declarations.TinyWith("MaxBatch = 4, Weights = WeightType.Int8, FeedForwardWeights = WeightType.Int4"));

    [Fact]
    public void Beams() => Verify(Declarations.TinyWith("MaxBatch = 2, MaxBeams = 4, RecordCrossAttention = true"));

    [Fact]
    public void Greedy() => Verify(Declarations.TinyWith("Decoding = DecodingFeatures.None"));

    [Fact]
    public void CExport() => Verify(Declarations.TinyWith("MaxBeams = 2, CExport = \"tiny\""));

    [Fact]
    public void Embedded() => Verify(Declarations.TinyWith("Decoding = DecodingFeatures.None, EmbeddedWeights = \"weights\\\\tiny \\\"é\\\".fw\""));

    /// <summary>What comes of a checkpoint's own files beside its <c>config.json</c>.</summary>
    [Fact]
    public void Checkpoint()
    {
        BuildInputs inputs = Config.ConfigFiles.Inputs(Config.ConfigFiles.Of("m2m_100").ToJsonString())
            .WithFile(
                "/models/generation_config.json",
                """{"num_beams":4,"max_length":7,"early_stopping":true,"length_penalty":1.5,"no_repeat_ngram_size":3,"suppress_tokens":[4,5],"bad_words_ids":[[7],[8,9]],"forced_bos_token_id":16,"forced_eos_token_id":3}""")
            .WithFile("/models/tokenizer_config.json", """{"added_tokens_decoder":{"17":{"content":"__is__"},"16":{"content":"__fr__"},"15":{"content":"__en__"},"1":{"content":"<pad>"}}}""");
        SortedDictionary<string, string> files = GeneratorHarness.Generate(Config.ConfigFiles.Declare("MaxBeams = 4"), inputs);
        foreach (string part in new[] { "Defaults", "Languages" })
        {
            Snapshot.Verify($"Checkpoint#Samples.Tiny.{part}.g", files[$"Samples.Tiny.{part}.g.cs"]);
        }
    }

    private static void Verify(string source, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        SortedDictionary<string, string> files = GeneratorHarness.Generate(source);
        string[] names = [.. files.Keys.Select(hint => $"{test}#{hint[..^".cs".Length]}")];
        foreach ((string name, string text) in names.Zip(files.Values))
        {
            Snapshot.Verify(name, text);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), Snapshot.Names(test + "#").Order(StringComparer.Ordinal));
    }
}
