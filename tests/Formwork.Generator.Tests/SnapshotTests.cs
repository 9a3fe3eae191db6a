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
