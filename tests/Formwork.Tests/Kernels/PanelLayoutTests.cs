using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class PanelLayoutTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 32)]
    [InlineData(32, 32)]
    [InlineData(33, 64)]
    public void Outputs_are_padded_to_whole_panels(int outputs, int expected)
    {
        Assert.Equal(expected, PanelLayout.PaddedOutputs(outputs));
        Assert.Equal(4L * 7 * expected, PanelLayout.Bytes<Float32>(outputs, 7));
        Assert.Equal(2L * 7 * expected, PanelLayout.Bytes<BFloat16>(outputs, 7));
        Assert.Equal(2L * 7 * expected, PanelLayout.Bytes<Float16>(outputs, 7));
        Assert.Equal((8L + 4) * expected, PanelLayout.Bytes<Int8>(outputs, 7));
        Assert.Equal((16L + 2) * expected, PanelLayout.Bytes<Int4>(outputs, 7));
    }

    [Fact]
    public void A_length_beyond_two_billion_does_not_overflow() =>
        Assert.Equal(100_000L * 100_000L * 4, PanelLayout.Bytes<Float32>(100_000, 100_000));

    [Fact]
    public void Sizes_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => PanelLayout.PaddedOutputs(-1));
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => PanelLayout.PaddedOutputs(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => PanelLayout.Bytes<Float32>(1, -1));
    }
}
