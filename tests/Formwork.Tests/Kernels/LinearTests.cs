using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

[Trait("Category", "Kernels")]
public class LinearTests
{
    [Fact]
    public void A_hand_worked_case()
    {
        // W = [1 2; 3 4; 5 6], bias = [10 20 30], x = [1 1; 2 −1].
        float[] weight = Samples.Pack([1, 2, 3, 4, 5, 6], outputs: 3, inputs: 2);
        float[] y = new float[6];
        Linear.Apply([1, 1, 2, -1], weight, Samples.Pad([10, 20, 30]), y, rows: 2, inputs: 2, outputs: 3);
        Assert.Equal([13, 27, 41, 10, 22, 34], y);
    }

    [Fact]
    public void No_rows_do_nothing() => Linear.Apply([], new float[32 * 4], [], [], rows: 0, inputs: 4, outputs: 3);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_inputs_give_the_bias(int rows)
    {
        float[] y = new float[2 * rows];
        Linear.Apply([], [], Samples.Pad([5, -6]), y, rows, inputs: 0, outputs: 2);
        Assert.All(y.Chunk(2), row => Assert.Equal([5, -6], row));
    }

    [Fact]
    public void Every_number_of_rows_up_to_20_agrees_with_the_reference()
    {
        Random random = new(1);
        for (int rows = 0; rows <= 20; rows++)
        {
            Check(random, rows, random.Next(1, 101), random.Next(1, 131));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_number_of_outputs_up_to_100_agrees_with_the_reference(int rows)
    {
        Random random = new(2);
        for (int outputs = 1; outputs <= 100; outputs++)
        {
            Check(random, rows, outputs, random.Next(1, 40));
        }
    }

    [Fact]
    public void Every_number_of_inputs_up_to_130_agrees_with_the_reference()
    {
        Random random = new(3);
        for (int inputs = 1; inputs <= 130; inputs++)
        {
            Check(random, random.Next(1, 21), random.Next(1, 101), inputs);
        }
    }

    [Theory]
    [InlineData(1, 1000, 300)]
    [InlineData(241, 65, 20)]
    [InlineData(500, 33, 7)]
    public void Large_shapes_agree_with_the_reference(int rows, int outputs, int inputs) => Check(new Random(4), rows, outputs, inputs);

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(96)]
    [InlineData(100)]
    [InlineData(288)]
    public void A_row_gives_the_same_bits_alone_as_among_others(int outputs)
    {
        const int Inputs = 67;
        Random random = new(5);
        float[] weight = Samples.Pack(Samples.Uniform(random, outputs * Inputs), outputs, Inputs);
        float[] bias = Samples.Pad(Samples.Uniform(random, outputs));
        float[] x = Samples.Uniform(random, 300 * Inputs);
        float[] alone = new float[300 * outputs];
        for (int row = 0; row < 300; row++)
        {
            Linear.Apply(x.AsSpan(row * Inputs, Inputs), weight, bias, alone.AsSpan(row * outputs, outputs), 1, Inputs, outputs);
        }

        foreach (int rows in (int[])[.. Enumerable.Range(2, 30), 100, 240, 241, 300])
        {
            float[] together = new float[rows * outputs];
            Linear.Apply(x.AsSpan(0, rows * Inputs), weight, bias, together, rows, Inputs, outputs);
            Bits.AssertSame(alone.AsSpan(0, rows * outputs), together);
        }
    }

    [Fact]
    public void NaN_stays_in_its_row()
    {
        float[] weight = Samples.Pack([1, 1, 1, 1], outputs: 2, inputs: 2);
        float[] y = new float[6];
        Linear.Apply([1, 2, float.NaN, 1, 3, 4], weight, [], y, rows: 3, inputs: 2, outputs: 2);
        Assert.Equal([3, 3, float.NaN, float.NaN, 7, 7], y);
    }

    [Fact]
    public void A_mismatched_length_names_its_argument()
    {
        float[] weight = new float[PanelLayout.Length(3, 2)];
        Assert.Throws<ArgumentException>("x", () => Linear.Apply(new float[3], weight, [], new float[6], 2, 2, 3));
        Assert.Throws<ArgumentException>("weight", () => Linear.Apply(new float[4], new float[6], [], new float[6], 2, 2, 3));
        Assert.Throws<ArgumentException>("bias", () => Linear.Apply(new float[4], weight, new float[3], new float[6], 2, 2, 3));
        Assert.Throws<ArgumentException>("y", () => Linear.Apply(new float[4], weight, [], new float[5], 2, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Linear.Apply([], weight, [], [], -1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => Linear.Apply([], weight, [], [], 2, -1, 3));
        Assert.Throws<ArgumentOutOfRangeException>("outputs", () => Linear.Apply(new float[4], [], [], [], 2, 2, -1));

        ArgumentException error = Assert.Throws<ArgumentException>(() => Linear.Apply(new float[3], weight, [], new float[6], 2, 2, 3));
        Assert.Contains("x must hold exactly 4 values, rows · inputs; it holds 3.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With and without bias, within (inputs + 1) roundings of each output's Σ |terms|, the textbook bound of an ordered sum.</summary>
    private static void Check(Random random, int rows, int outputs, int inputs)
    {
        float[] dense = Samples.Uniform(random, outputs * inputs);
        float[] bias = Samples.Uniform(random, outputs);
        Fenced x = new(Samples.Uniform(random, rows * inputs));
        Fenced weight = new(Samples.Pack(dense, outputs, inputs));
        Fenced padded = new(Samples.Pad(bias));
        foreach (bool biased in (bool[])[true, false])
        {
            Fenced y = new(rows * outputs);
            Linear.Apply(x.Span, weight.Span, biased ? padded.Span : [], y.Span, rows, inputs, outputs);
            y.AssertIntact();
            for (int row = 0; row < rows; row++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    (double value, double magnitude) = Reference.Linear(x.Span, dense, biased ? bias : [], row, output, inputs);
                    double bound = 2 * (inputs + 1) * Reference.UnitRoundoff * magnitude;
                    Assert.InRange(y.Span[(row * outputs) + output], value - bound, value + bound);
                }
            }
        }
    }
}
