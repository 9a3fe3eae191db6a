using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class SinusoidTests
{
    private static float[] Row(SinusoidKind kind, int position, int columns)
    {
        var row = new float[columns];
        Sinusoid.Fill(kind, position, 1, columns, row);
        return row;
    }

    // Width 4 at position 3: 10000^(2/4) is 100 for two of the formulas, exp(ln(10000)/1) is 10000 for the other.
    [Fact]
    public void The_three_formulas_at_width_four()
    {
        Assert.Equal([0.14112000806f, 0.02999550020f, -0.98999249660f, 0.99955003375f], Row(SinusoidKind.HuggingFace, 3, 4));
        Assert.Equal([0.14112000806f, -0.98999249660f, 0.02999550020f, 0.99955003375f], Row(SinusoidKind.Interleaved, 3, 4));
        Assert.Equal([0.14112000806f, 0.00029999999f, -0.98999249660f, 0.99999995500f], Row(SinusoidKind.TensorToTensor, 3, 4));
    }

    [Fact]
    public void The_first_position_is_zeros_and_ones()
    {
        Assert.Equal([0, 0, 0, 1, 1, 1], Row(SinusoidKind.HuggingFace, 0, 6));
        Assert.Equal([0, 0, 0, 1, 1, 1], Row(SinusoidKind.TensorToTensor, 0, 6));
        Assert.Equal([0, 1, 0, 1, 0, 1], Row(SinusoidKind.Interleaved, 0, 6));
    }

    // sin 2 and cos 2: a single pair has the angle p in every formula, tensor2tensor's included, whose denominator would be zero.
    [Fact]
    public void Width_two_has_the_angle_of_the_position()
    {
        foreach (SinusoidKind kind in Enum.GetValues<SinusoidKind>())
        {
            Assert.Equal([0.90929742683f, -0.41614683655f], Row(kind, 2, 2));
        }
    }

    // Width 3 at position 1: 10000^(2/3) = 464.158883361, sin(1/464.158883361) = 0.00215443302.
    [Fact]
    public void Odd_widths_end_as_the_references_do()
    {
        Assert.Equal([0.84147098481f, 0.00215443302f, 0.54030230587f], Row(SinusoidKind.HuggingFace, 1, 3));
        Assert.Equal([0.84147098481f, 0.54030230587f, 0.00215443302f], Row(SinusoidKind.Interleaved, 1, 3));
        Assert.Equal([0.84147098481f, 0.54030230587f, 0f], Row(SinusoidKind.TensorToTensor, 1, 3));
        Assert.Equal([0f], Row(SinusoidKind.TensorToTensor, 1, 1));
        Assert.Equal([0.84147098481f], Row(SinusoidKind.HuggingFace, 1, 1));
    }

    [Theory]
    [InlineData(SinusoidKind.HuggingFace)]
    [InlineData(SinusoidKind.TensorToTensor)]
    [InlineData(SinusoidKind.Interleaved)]
    public void Every_element_is_the_formula_in_double_precision(SinusoidKind kind)
    {
        const int Start = 5, Rows = 40, Columns = 64;
        var table = new float[Rows * Columns];
        Sinusoid.Fill(kind, Start, Rows, Columns, table);
        for (int i = 0; i < table.Length; i++)
        {
            int column = i % Columns;
            int pair = kind == SinusoidKind.Interleaved ? column / 2 : column % (Columns / 2);
            bool sine = kind == SinusoidKind.Interleaved ? column % 2 == 0 : column < Columns / 2;
            double exponent = kind == SinusoidKind.TensorToTensor ? pair / (Columns / 2.0 - 1) : 2.0 * pair / Columns;
            double angle = (Start + i / Columns) * Math.Exp(-Math.Log(10000) * exponent);
            Assert.Equal(sine ? Math.Sin(angle) : Math.Cos(angle), table[i], 1e-6);
        }
    }

    // The distances by which a wrong choice of formula is off at width 512: enough to spoil a model, not enough to see in its tokens.
    [Theory]
    [InlineData(5, 0.007)]
    [InlineData(100, 0.14)]
    [InlineData(200, 0.28)]
    public void The_formulas_differ_where_they_are_known_to(int position, double largest)
    {
        float[] one = Row(SinusoidKind.HuggingFace, position, 512);
        float[] other = Row(SinusoidKind.TensorToTensor, position, 512);
        Assert.Equal(largest, one.Zip(other, (a, b) => Math.Abs(a - b)).Max(), largest * 0.05);
    }

    [Fact]
    public void Arguments_that_make_no_table_are_programming_errors()
    {
        Assert.Throws<ArgumentException>(() => Sinusoid.Fill(SinusoidKind.HuggingFace, 0, 2, 4, new float[7]));
        Assert.Throws<ArgumentException>(() => Sinusoid.Fill(SinusoidKind.HuggingFace, 0, int.MaxValue, int.MaxValue, new float[7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sinusoid.Fill((SinusoidKind)3, 0, 1, 4, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sinusoid.Fill((SinusoidKind)(-1), 0, 1, 4, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sinusoid.Fill(SinusoidKind.HuggingFace, -1, 1, 4, new float[4]));
        Sinusoid.Fill(SinusoidKind.HuggingFace, int.MaxValue, 1, 2, new float[2]);
    }
}
