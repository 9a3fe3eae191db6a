using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class ResidualTests
{
    [Fact]
    public void Every_length_up_to_70_gives_the_rounded_sums()
    {
        Random random = new(1);
        for (int length = 0; length <= 70; length++)
        {
            float[] before = Samples.Uniform(random, length);
            Fenced x = new(before);
            Fenced y = new(Samples.Uniform(random, length));
            Residual.Add(x.Span, y.Span);
            x.AssertIntact();
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(before[i] + y.Span[i], x.Span[i]);
            }
        }
    }

    [Fact]
    public void A_span_can_be_added_to_itself()
    {
        float[] x = [1, 2, 3];
        Residual.Add(x, x);
        Assert.Equal([2, 4, 6], x);
    }

    [Fact]
    public void A_mismatched_length_names_its_argument() =>
        Assert.Throws<ArgumentException>("y", () => Residual.Add(new float[3], new float[4]));
}
