using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests;

/// <summary>Packed weights are taken for a model's own by this number alone, so it must move with everything that changes them.</summary>
public partial class LayoutFingerprintTests
{
    private static readonly string Tiny = Fingerprint(Declarations.Tiny);

    [Fact]
    public void It_is_the_same_on_every_machine_and_in_every_run() => Assert.Equal("0x4530a627742fe285, 0xa39688ed7a6612a2", Tiny);

    [Fact]
    public void A_name_and_what_weights_do_not_depend_on_leave_it_alone()
    {
        Assert.Equal(Tiny, Fingerprint(Declarations.TinyWith("", declaration: "public sealed partial class Renamed;")));
        Assert.Equal(Tiny, Fingerprint(Declarations.TinyWith("Heads = 4")));
        Assert.Equal(Tiny, Fingerprint(Declarations.TinyWith("RecordCrossAttention = true")));
    }

    [Theory]
    [InlineData("ModelDim = 32")]
    [InlineData("VocabSize = 21")]
    [InlineData("FeedForwardDim = 33")]
    [InlineData("EncoderLayers = 2")]
    [InlineData("DecoderLayers = 2")]
    [InlineData("SourceLength = 9")]
    [InlineData("TargetLength = 9")]
    [InlineData("CrossAttention = false")]
    [InlineData("Weights = WeightType.Float16")]
    [InlineData("Weights = WeightType.BFloat16")]
    [InlineData("AttentionWeights = WeightType.Int8")]
    [InlineData("FeedForwardWeights = WeightType.Int4")]
    [InlineData("EmbeddingWeights = WeightType.Int8")]
    [InlineData("Positions = PositionEncoding.SinusoidHuggingFace")]
    [InlineData("PositionOffset = 1")]
    public void Whatever_changes_the_packed_weights_moves_it(string option) => Assert.NotEqual(Tiny, Fingerprint(Declarations.TinyWith(option)));

    // Half-precision types take the same place: only the type tells them apart. So do families, whose tensors have other names.
    [Fact]
    public void Types_and_names_count_and_not_only_places()
    {
        Assert.NotEqual(Fingerprint(Declarations.TinyWith("Weights = WeightType.Float16")), Fingerprint(Declarations.TinyWith("Weights = WeightType.BFloat16")));
        string[] families = ["Vaswani", "Marian", "OpenNmt"];
        Assert.Equal(3, families.Select(static family => Fingerprint(Declarations.TinyWith("", family))).Distinct().Count());
    }

    private static string Fingerprint(string source)
    {
        string weights = GeneratorHarness.Generate(source).Single(static file => file.Key.EndsWith(".Weights.g.cs", StringComparison.Ordinal)).Value;
        return Pattern().Match(weights).Groups[1].Value;
    }

    [GeneratedRegex(@"Layout => new\(""[^""]+"", new\((0x[0-9a-f]{16}, 0x[0-9a-f]{16})\), WeightBytes\);")]
    private static partial Regex Pattern();
}
