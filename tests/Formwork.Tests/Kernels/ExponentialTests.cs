using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class ExponentialTests
{
    private readonly struct Function : IElementwise
    {
        public static V Of<V>(V x)
            where V : unmanaged, ISimd<V> => Exponential.Of(x);
    }

    [Fact]
    public void Normal_results_are_within_the_stated_units_in_the_last_place()
    {
        double bound = Simd.Path == SimdPath.Vector128 ? 2 : 1.2;
        float[] x = Grid(-87.3f, 88.7f, 1_000_000);
        float[] y = [.. x];
        Elementwise.Apply<Function>(y);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Math.Exp(x[i]);
            double unit = MathF.BitIncrement((float)expected) - (double)(float)expected;
            worst = Math.Max(worst, Math.Abs(y[i] - expected) / unit);
        }

        Assert.InRange(worst, 0, bound);
    }

    [Fact]
    public void Results_below_the_normal_numbers_are_within_the_smallest_float()
    {
        float[] x = Grid(-120f, -87f, 100_000);
        float[] y = [.. x];
        Elementwise.Apply<Function>(y);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Math.Exp(x[i]);
            double bound = (1.2e-7 * expected) + float.Epsilon;
            Assert.InRange(y[i], expected - bound, expected + bound);
        }
    }

    [Fact]
    public void Special_values()
    {
        float[] x = [0, -0f, float.NegativeInfinity, float.PositiveInfinity, float.NaN, -1000, 1000, float.MinValue, float.MaxValue];
        Elementwise.Apply<Function>(x);
        Assert.Equal([1, 1, 0, float.PositiveInfinity, float.NaN, 0, float.PositiveInfinity, 0, float.PositiveInfinity], x);
    }

    private static float[] Grid(float low, float high, int points) =>
        [.. Enumerable.Range(0, points + 1).Select(i => low + ((high - low) * i / points))];
}
