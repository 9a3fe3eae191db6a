using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class LayerNormTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // Mean 3, variance 4: normal values −1, 1, then · [2 3] + [10 20].
        float[] y = new float[2];
        LayerNorm.Apply([1, 5], [2, 3], [10, 20], epsilon: 0, y, rows: 1, dim: 2);
        Assert.Equal([8, 23], y);
    }

    [Fact]
    public void Every_dimension_up_to_130_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int dim = 1; dim <= 130; dim++)
        {
            Check(random, rows: random.Next(0, 6), dim, -3, 5, bound: 2e-6);
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1000)]
    [InlineData(4096)]
    public void Large_dimensions_agree_with_the_reference(int dim) => Check(new Random(2), 3, dim, -3, 5, bound: 2e-6);

    [Theory]
    [InlineData(64)]
    [InlineData(1021)]
    public void A_large_mean_costs_no_accuracy(int dim) => Check(new Random(3), 3, dim, 9_999, 10_001, bound: 2e-6);

    [Fact]
    public void A_constant_row_gives_beta()
    {
        float[] y = new float[19];
        float[] beta = Samples.Uniform(new Random(4), 19);
        LayerNorm.Apply(Enumerable.Repeat(0.1f, 19).ToArray(), Enumerable.Repeat(1f, 19).ToArray(), beta, 1e-5f, y, 1, 19);
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(beta[i], y[i], 1e-5);
        }
    }

    [Fact]
    public void In_place_gives_the_same_bits()
    {
        Random random = new(5);
        float[] x = Samples.Uniform(random, 3 * 77);
        float[] gamma = Samples.Uniform(random, 77);
        float[] beta = Samples.Uniform(random, 77);
        float[] y = new float[x.Length];
        LayerNorm.Apply(x, gamma, beta, 1e-5f, y, 3, 77);
        LayerNorm.Apply(x, gamma, beta, 1e-5f, x, 3, 77);
        Bits.AssertSame(y, x);
    }

    [Fact]
    public void NaN_stays_in_its_row()
    {
        float[] y = new float[4];
        LayerNorm.Apply([1, float.NaN, 1, 3], [1, 1], [], 0, y, 2, 2);
        Assert.Equal([float.NaN, float.NaN, -1, 1], y);
    }

    [Fact]
    public void A_mismatched_length_names_its_argument()
    {
        float[] dim = new float[4];
        float[] all = new float[8];
        Assert.Throws<ArgumentException>("x", () => LayerNorm.Apply(dim, dim, dim, 1e-5f, all, 2, 4));
        Assert.Throws<ArgumentException>("gamma", () => LayerNorm.Apply(all, all, dim, 1e-5f, all, 2, 4));
        Assert.Throws<ArgumentException>("beta", () => LayerNorm.Apply(all, dim, all, 1e-5f, all, 2, 4));
        Assert.Throws<ArgumentException>("y", () => LayerNorm.Apply(all, dim, dim, 1e-5f, dim, 2, 4));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => LayerNorm.Apply(all, dim, dim, 1e-5f, all, -1, 4));
        Assert.Throws<ArgumentOutOfRangeException>("dim", () => LayerNorm.Apply([], [], [], 1e-5f, [], 2, 0));
    }

    /// <summary>With and without β; <paramref name="bound"/> is absolute, for results of the order of 1.</summary>
    private static void Check(Random random, int rows, int dim, float low, float high, double bound)
    {
        Fenced x = new(Samples.Uniform(random, rows * dim, low, high));
        Fenced gamma = new(Samples.Uniform(random, dim));
        Fenced beta = new(Samples.Uniform(random, dim));
        foreach (bool shifted in (bool[])[true, false])
        {
            Fenced y = new(rows * dim);
            ReadOnlySpan<float> shift = shifted ? beta.Span : [];
            LayerNorm.Apply(x.Span, gamma.Span, shift, 1e-5f, y.Span, rows, dim);
            y.AssertIntact();
            for (int row = 0; row < rows; row++)
            {
                double[] expected = Reference.LayerNorm(x.Span.Slice(row * dim, dim), gamma.Span, shift, 1e-5f);
                for (int i = 0; i < dim; i++)
                {
                    Assert.InRange(y.Span[(row * dim) + i], expected[i] - bound, expected[i] + bound);
                }
            }
        }
    }
}
