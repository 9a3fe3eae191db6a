using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class RmsNormTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // Mean square (1 + 49) / 2 = 25: divided by 5, then · [10 20].
        float[] y = new float[2];
        RmsNorm.Apply([1, -7], [10, 20], epsilon: 0, y, rows: 1, dim: 2);
        Assert.Equal([2, -28], y);
    }

    [Fact]
    public void Every_dimension_up_to_130_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int dim = 1; dim <= 130; dim++)
        {
            Check(random, rows: random.Next(0, 6), dim, -3, 5);
        }
    }

    [Theory]
    [InlineData(512, -3, 5)]
    [InlineData(1000, 99, 101)]
    [InlineData(4096, -1e-3f, 1e-3f)]
    [InlineData(768, -1e15f, 1e15f)]
    public void Large_dimensions_and_values_agree_with_the_reference(int dim, float low, float high) => Check(new Random(2), 3, dim, low, high);

    [Fact]
    public void A_row_of_zeros_gives_zeros()
    {
        float[] y = [1, 1, 1];
        RmsNorm.Apply([0, 0, 0], [1, 2, 3], 1e-6f, y, 1, 3);
        Assert.Equal([0, 0, 0], y);
    }

    [Fact]
    public void In_place_gives_the_same_bits()
    {
        Random random = new(5);
        float[] x = Samples.Uniform(random, 3 * 77);
        float[] gamma = Samples.Uniform(random, 77);
        float[] y = new float[x.Length];
        RmsNorm.Apply(x, gamma, 1e-6f, y, 3, 77);
        RmsNorm.Apply(x, gamma, 1e-6f, x, 3, 77);
        Bits.AssertSame(y, x);
    }

    [Fact]
    public void NaN_stays_in_its_row()
    {
        float[] y = new float[4];
        RmsNorm.Apply([1, float.NaN, 3, 3], [1, 1], 0, y, 2, 2);
        Assert.Equal([float.NaN, float.NaN, 1, 1], y);
    }

    [Fact]
    public void A_mismatched_length_names_its_argument()
    {
        float[] dim = new float[4];
        float[] all = new float[8];
        Assert.Throws<ArgumentException>("x", () => RmsNorm.Apply(dim, dim, 1e-5f, all, 2, 4));
        Assert.Throws<ArgumentException>("gamma", () => RmsNorm.Apply(all, all, 1e-5f, all, 2, 4));
        Assert.Throws<ArgumentException>("y", () => RmsNorm.Apply(all, dim, 1e-5f, dim, 2, 4));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => RmsNorm.Apply(all, dim, 1e-5f, all, -1, 4));
        Assert.Throws<ArgumentOutOfRangeException>("dim", () => RmsNorm.Apply([], [], 1e-5f, [], 2, 0));
    }

    private static void Check(Random random, int rows, int dim, float low, float high)
    {
        Fenced x = new(Samples.Uniform(random, rows * dim, low, high));
        Fenced gamma = new(Samples.Uniform(random, dim));
        Fenced y = new(rows * dim);
        RmsNorm.Apply(x.Span, gamma.Span, 1e-6f, y.Span, rows, dim);
        y.AssertIntact();
        for (int row = 0; row < rows; row++)
        {
            double[] expected = Reference.RmsNorm(x.Span.Slice(row * dim, dim), gamma.Span, 1e-6f);
            for (int i = 0; i < dim; i++)
            {
                Assert.Equal(expected[i], y.Span[(row * dim) + i], 1e-6 * Math.Max(1e-3, Math.Abs(expected[i])));
            }
        }
    }
}
