using Formwork.Alignment;

namespace Formwork.Tests.Alignment;

public class PharaohTests
{
    [Fact]
    public void Links_are_written_in_order_of_source_and_target() =>
        Assert.Equal("0-0 0-2 1-1 10-3", Pharaoh.Format([new(10, 3, 1), new(0, 2, 0.5f), new(1, 1, 1), new(0, 0, 1)]));

    [Fact]
    public void No_links_are_an_empty_line() => Assert.Equal("", Pharaoh.Format([]));
}
