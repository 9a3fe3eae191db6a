using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class ActivationTests
{
    private delegate void Kernel(Span<float> x);

    public static TheoryData<string> Names => ["relu", "gelu", "gelu_tanh", "silu"];

    [Theory]
    [InlineData("relu", new float[] { -2, 0, 3 }, new float[] { 0, 0, 3 })]
    [InlineData("gelu", new float[] { -1, 0, 1 }, new float[] { -0.15865525f, 0, 0.84134475f })]
    [InlineData("gelu_tanh", new float[] { -1, 0, 1 }, new float[] { -0.15880801f, 0, 0.84119199f })]
    [InlineData("silu", new float[] { -1, 0, 1 }, new float[] { -0.26894142f, 0, 0.73105858f })]
    public void Known_values(string name, float[] x, float[] expected)
    {
        Find(name).Kernel(x);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(expected[i], x[i], 2e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_from_minus_20_to_20_are_within_the_stated_bound(string name)
    {
        (Kernel kernel, Func<double, double> reference) = Find(name);
        float[] x = [.. Enumerable.Range(-200_000, 400_001).Select(i => i * 1e-4f)];
        float[] y = [.. x];
        kernel(y);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = reference(x[i]);
            double bound = 2e-7 * Math.Max(1, Math.Abs(x[i]));
            Assert.InRange(y[i], expected - bound, expected + bound);
        }
    }

    [Theory]
    [InlineData("gelu")]
    [InlineData("gelu_tanh")]
    [InlineData("silu")]
    public void Small_negative_results_are_accurate_relative_to_themselves(string name)
    {
        (Kernel kernel, Func<double, double> reference) = Find(name);
        float[] x = [.. Enumerable.Range(1, 5_000).Select(i => i * -1e-3f)];
        float[] y = [.. x];
        kernel(y);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = reference(x[i]);
            double bound = 3e-6 * Math.Abs(expected);
            Assert.InRange(y[i], expected - bound, expected + bound);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_does_not_depend_on_its_place(string name)
    {
        Kernel kernel = Find(name).Kernel;
        float[] values = Samples.Uniform(new Random(1), 70, -4, 4);
        float[] expected = [.. values];
        for (int i = 0; i < values.Length; i++)
        {
            kernel(expected.AsSpan(i, 1));
        }

        for (int length = 0; length <= 70; length++)
        {
            Fenced x = new(values.AsSpan(0, length));
            kernel(x.Span);
            x.AssertIntact();
            Bits.AssertSame(expected.AsSpan(0, length), x.Span);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Special_values(string name)
    {
        float[] x = [float.NaN, float.PositiveInfinity, 1e30f, -1e30f, 0];
        Find(name).Kernel(x);
        Assert.Equal([float.NaN, float.PositiveInfinity, 1e30f, 0, 0], x);
    }

    private static (Kernel Kernel, Func<double, double> Reference) Find(string name) => name switch
    {
        "relu" => (Activation.Relu, Reference.Relu),
        "gelu" => (Activation.GeluErf, Reference.GeluErf),
        "gelu_tanh" => (Activation.GeluTanh, Reference.GeluTanh),
        _ => (Activation.Silu, Reference.Silu),
    };
}
