using Formwork.Kernels;
using Formwork.Threading;

namespace Formwork.Tests.Kernels;

/// <summary>What projections do whatever the format of their weights; one class for each format follows.</summary>
public abstract class LinearTests<TFormat>
    where TFormat : unmanaged, IWeightFormat
{
    /// <summary>How far an output may be off, given Σ |terms| and Σ |weights| · the row's largest activation.</summary>
    protected abstract double Bound(int inputs, double magnitude, double reach);

    [Fact]
    public void No_rows_do_nothing()
    {
        using PackedMatrix<TFormat> weight = new(new float[12], 3, 4);
        Linear.Apply(null, [], weight.Matrix, [], [], rows: 0);
        Linear.Accumulate(null, [], weight.Matrix, [], [], rows: 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void No_inputs_give_the_bias(int rows)
    {
        using PackedMatrix<TFormat> weight = new([], 2, 0);
        float[] y = new float[2 * rows];
        Linear.Apply(null, [], weight.Matrix, Samples.Pad([5, -6]), y, rows);
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
    [InlineData(3, 40, 20_000)]
    [InlineData(1, 40, 32_768)]
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
        using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, outputs * Inputs), outputs, Inputs);
        float[] bias = Samples.Pad(Samples.Uniform(random, outputs));
        float[] x = Samples.Uniform(random, 300 * Inputs);
        float[] alone = new float[300 * outputs];
        for (int row = 0; row < 300; row++)
        {
            Linear.Apply(null, x.AsSpan(row * Inputs, Inputs), weight.Matrix, bias, alone.AsSpan(row * outputs, outputs), 1);
        }

        foreach (int rows in (int[])[.. Enumerable.Range(2, 30), 100, 240, 241, 300])
        {
            float[] together = new float[rows * outputs];
            Linear.Apply(null, x.AsSpan(0, rows * Inputs), weight.Matrix, bias, together, rows);
            Bits.AssertSame(alone.AsSpan(0, rows * outputs), together);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Threads_change_no_bit(int threads)
    {
        Random random = new(9);
        using Workers workers = Workers.Create(threads)!;
        foreach ((int rows, int outputs, int inputs) in (ReadOnlySpan<(int, int, int)>)[(1, 40, 2000), (1, 1000, 70), (1, 1000, 700), (5, 333, 61), (90, 97, 300), (300, 32, 64)])
        {
            using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, outputs * inputs), outputs, inputs);
            float[] bias = Samples.Pad(Samples.Uniform(random, outputs));
            float[] x = Samples.Uniform(random, rows * inputs);
            float[] alone = Samples.Uniform(random, rows * outputs);
            float[] shared = [.. alone];
            Linear.Accumulate(null, x, weight.Matrix, bias, alone, rows);
            Linear.Accumulate(workers, x, weight.Matrix, bias, shared, rows);
            Bits.AssertSame(alone, shared);
            Linear.GeluErf(null, x, weight.Matrix, bias, alone, rows);
            Linear.GeluErf(workers, x, weight.Matrix, bias, shared, rows);
            Bits.AssertSame(alone, shared);
            if (rows == 1)
            {
                Assert.Equal(Linear.ArgMax(null, x, weight.Matrix, bias), Linear.ArgMax(workers, x, weight.Matrix, bias));
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_row_that_is_not_finite_shows_it_and_leaves_the_others_alone(float poison)
    {
        foreach (int at in (int[])[0, 17, 36])
        {
            const int Inputs = 37;
            Random random = new(6);
            using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, 40 * Inputs, 0.5f, 1f), 40, Inputs);
            float[] x = Samples.Uniform(random, 3 * Inputs);
            float[] y = new float[3 * 40];
            float[] expected = new float[3 * 40];
            Linear.Apply(null, x, weight.Matrix, [], expected, rows: 3);
            x[Inputs + at] = poison;
            Linear.Apply(null, x, weight.Matrix, [], y, rows: 3);
            Bits.AssertSame(expected.AsSpan(0, 40), y.AsSpan(0, 40));
            Bits.AssertSame(expected.AsSpan(80, 40), y.AsSpan(80, 40));
            Assert.All(y[40..80], value => Assert.False(float.IsFinite(value)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Epilogues_do_to_the_result_what_they_would_do_afterwards(int rows)
    {
        foreach (int outputs in (int[])[1, 31, 32, 75, 128])
        {
            const int Inputs = 45;
            Random random = new(7);
            using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, outputs * Inputs), outputs, Inputs);
            float[] bias = Samples.Pad(Samples.Uniform(random, outputs));
            float[] x = Samples.Uniform(random, rows * Inputs);
            float[] plain = new float[rows * outputs];
            Linear.Apply(null, x, weight.Matrix, bias, plain, rows);

            float[] residual = Samples.Uniform(random, rows * outputs);
            Fenced sum = new(residual);
            Linear.Accumulate(null, x, weight.Matrix, bias, sum.Span, rows);
            Bits.AssertSame([.. residual.Zip(plain, static (left, right) => left + right)], sum.Span);
            sum.AssertIntact();

            Agrees(y => Linear.Relu(null, x, weight.Matrix, bias, y.Span, rows), y => Activation.Relu(y));
            Agrees(y => Linear.Silu(null, x, weight.Matrix, bias, y.Span, rows), y => Activation.Silu(y));
            Agrees(y => Linear.GeluErf(null, x, weight.Matrix, bias, y.Span, rows), y => Activation.GeluErf(y));
            Agrees(y => Linear.GeluTanh(null, x, weight.Matrix, bias, y.Span, rows), y => Activation.GeluTanh(y));

            void Agrees(Action<Fenced> fused, Action<float[]> activate)
            {
                float[] expected = [.. plain];
                activate(expected);
                Fenced y = new(rows * outputs);
                fused(y);
                Bits.AssertSame(expected, y.Span);
                y.AssertIntact();
            }
        }
    }

    [Fact]
    public void The_largest_result_is_found_without_writing_any()
    {
        Random random = new(8);
        foreach (int outputs in (int[])[1, 2, 31, 33, 1024, 1025, 2500])
        {
            using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, outputs * 19), outputs, 19);
            float[] bias = Samples.Pad(Samples.Uniform(random, outputs));
            for (int i = 0; i < 20; i++)
            {
                float[] x = Samples.Uniform(random, 19);
                float[] y = new float[outputs];
                Linear.Apply(null, x, weight.Matrix, bias, y, rows: 1);
                int best = ArgMax.Of(y);
                Assert.Equal(best, Linear.ArgMax(null, x, weight.Matrix, bias));
                y[best] = float.NegativeInfinity;
                Assert.Equal(ArgMax.Of(y), Linear.ArgMax(null, x, weight.Matrix, bias, excluded: best));
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(300)]
    public void Every_row_finds_the_place_that_it_finds_alone(int rows)
    {
        Random random = new(10);
        using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, 1100 * 19), 1100, 19);
        float[] bias = Samples.Pad(Samples.Uniform(random, 1100));
        float[] x = Samples.Uniform(random, rows * 19);
        x[(rows / 2 * 19) + 3] = float.NaN;
        int[] found = new int[rows];
        Linear.ArgMax(null, x, weight.Matrix, bias, found, excluded: 7);
        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(Linear.ArgMax(null, x.AsSpan(row * 19, 19), weight.Matrix, bias, excluded: 7), found[row]);
        }

        Assert.Equal(-1, found[rows / 2]);
        Assert.All(found[..(rows / 2)], static index => Assert.True(index >= 0));
    }

    [Fact]
    public void Of_equal_results_the_first_is_the_largest_and_of_none_there_is_none()
    {
        using PackedMatrix<TFormat> weight = new(new float[3000 * 2], 3000, 2);
        float[] bias = Samples.Pad(new float[3000]);
        bias[1500] = bias[2900] = bias[40] = 1;
        Assert.Equal(40, Linear.ArgMax(null, [1f, 1f], weight.Matrix, bias));
        Assert.Equal(1500, Linear.ArgMax(null, [1f, 1f], weight.Matrix, bias, excluded: 40));
        Assert.Equal(0, Linear.ArgMax(null, [1f, 1f], weight.Matrix, []));
        Assert.Equal(-1, Linear.ArgMax(null, [1f, float.NaN], weight.Matrix, bias));
        bias[2999] = float.NaN;
        Assert.Equal(-1, Linear.ArgMax(null, [1f, 1f], weight.Matrix, bias));
        Assert.Equal(40, Linear.ArgMax(null, [1f, 1f], weight.Matrix, bias, excluded: 2999));
        Array.Fill(bias, float.NegativeInfinity);
        Assert.Equal(-1, Linear.ArgMax(null, [1f, 1f], weight.Matrix, bias));
    }

    [Fact]
    public void A_mismatched_length_names_its_argument()
    {
        using PackedMatrix<TFormat> weight = new(new float[6], 3, 2);
        Matrix<TFormat> matrix = weight.Matrix;
        Assert.Throws<ArgumentException>("x", () => Linear.Apply(null, new float[3], matrix, [], new float[6], 2));
        Assert.Throws<ArgumentException>("bias", () => Linear.Apply(null, new float[4], matrix, new float[3], new float[6], 2));
        Assert.Throws<ArgumentException>("y", () => Linear.Apply(null, new float[4], matrix, [], new float[5], 2));
        Assert.Throws<ArgumentException>("x", () => Linear.ArgMax(null, new float[4], matrix, []));
        Assert.Throws<ArgumentException>("bias", () => Linear.ArgMax(null, new float[2], matrix, new float[3]));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Linear.Apply(null, [], matrix, [], [], -1));

        ArgumentException error = Assert.Throws<ArgumentException>(() => Linear.Apply(null, new float[3], matrix, [], new float[6], 2));
        Assert.Contains("x must hold exactly 4 values, rows · inputs; it holds 3.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With and without bias, against the weights that the packed matrix stands for.</summary>
    private void Check(Random random, int rows, int outputs, int inputs)
    {
        using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, outputs * inputs), outputs, inputs);
        float[] bias = Samples.Uniform(random, outputs);
        Fenced x = new(Samples.Uniform(random, rows * inputs));
        Fenced padded = new(Samples.Pad(bias));
        foreach (bool biased in (bool[])[true, false])
        {
            Fenced y = new(rows * outputs);
            Linear.Apply(null, x.Span, weight.Matrix, biased ? padded.Span : [], y.Span, rows);
            y.AssertIntact();
            for (int row = 0; row < rows; row++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    (double value, double magnitude) = Reference.Linear(x.Span, weight.Dense, biased ? bias : [], row, output, inputs);
                    double bound = Bound(inputs, magnitude, Reach(x.Span, weight.Dense, row, output, inputs));
                    Assert.InRange(y.Span[(row * outputs) + output], value - bound, value + bound);
                }
            }
        }
    }

    private static double Reach(ReadOnlySpan<float> x, float[] dense, int row, int output, int inputs)
    {
        double weights = 0;
        double largest = 0;
        for (int k = 0; k < inputs; k++)
        {
            weights += Math.Abs(dense[(output * inputs) + k]);
            largest = Math.Max(largest, Math.Abs(x[(row * inputs) + k]));
        }

        return weights * largest;
    }
}
