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
        Assert.Equal(7L * expected, PanelLayout.Length(outputs, 7));
    }

    [Fact]
    public void A_length_beyond_two_billion_does_not_overflow() =>
        Assert.Equal(100_000L * 100_000L, PanelLayout.Length(100_000, 100_000));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 32)]
    [InlineData(31, 4, 159)]
    [InlineData(32, 0, 160)]
    [InlineData(35, 2, 227)]
    public void Outputs_lie_side_by_side_within_a_panel(int output, int input, long expected) =>
        Assert.Equal(expected, PanelLayout.IndexOf(output, input, inputs: 5));

    [Fact]
    public void Every_weight_has_a_place_of_its_own()
    {
        HashSet<long> places = [];
        for (int output = 0; output < 70; output++)
        {
            for (int input = 0; input < 9; input++)
            {
                long place = PanelLayout.IndexOf(output, input, 9);
                Assert.InRange(place, 0, PanelLayout.Length(70, 9) - 1);
                Assert.True(places.Add(place));
            }
        }
    }

    [Fact]
    public void Sizes_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => PanelLayout.PaddedOutputs(-1));
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => PanelLayout.PaddedOutputs(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => PanelLayout.Length(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("input", () => PanelLayout.IndexOf(0, 5, 5));
        Assert.Throws<ArgumentOutOfRangeException>("output", () => PanelLayout.IndexOf(-1, 0, 5));
    }
}
