using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests;

/// <summary>Generated text must stay small: a compiler's time grows with it.</summary>
public class SizeTests
{
    private const int CeilingPerLayerPair = 21_000;
    private const int CeilingTwelveLayers = 400_000;

    [Fact]
    public void Text_grows_linearly_with_layers()
    {
        int one = Length(1);
        int two = Length(2);
        int four = Length(4);
        int eight = Length(8);

        Assert.InRange(two - one, 1, CeilingPerLayerPair);
        Assert.InRange((four - two) / 2, 1, CeilingPerLayerPair);
        Assert.InRange((eight - four) / 4, 1, CeilingPerLayerPair);

        // Numbers get longer as offsets grow; nothing else may.
        Assert.InRange((eight - four) / 4.0 / (two - one), 0.95, 1.10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Weights = WeightType.BFloat16")]
    [InlineData("Weights = WeightType.Float16")]
    [InlineData("Weights = WeightType.Int8")]
    [InlineData("Weights = WeightType.Int4")]
    [InlineData("Weights = WeightType.Int8, EmbeddingWeights = WeightType.Float16, FeedForwardWeights = WeightType.Int4")]
    public void Twelve_and_twelve_layers_stay_under_the_ceiling(string weights) => Assert.InRange(Length(12, weights), 1, CeilingTwelveLayers);

    private static int Length(int layers, string options = "") => GeneratorHarness.Generate(Declarations.WithLayers(layers, options)).Values.Sum(static text => text.Length);
}
