using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class GateTests
{
    [Fact]
    public void Every_length_up_to_100_is_the_exact_product()
    {
        Random random = new(1);
        for (int length = 0; length <= 100; length++)
        {
            Fenced x = new(Samples.Uniform(random, length));
            Fenced gate = new(Samples.Uniform(random, length));
            float[] expected = [.. x.Span.ToArray().Zip(gate.Span.ToArray(), static (value, factor) => value * factor)];
            Gate.Multiply(x.Span, gate.Span);
            x.AssertIntact();
            gate.AssertIntact();
            Bits.AssertSame(expected, x.Span);
        }
    }

    [Fact]
    public void A_mismatched_length_names_its_argument() => Assert.Throws<ArgumentException>("gate", static () => Gate.Multiply(new float[3], new float[4]));
}
