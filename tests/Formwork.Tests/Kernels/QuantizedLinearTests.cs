using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

/// <summary>
/// Each activation is off by half a step of its row at most, 1/254 of the row's largest magnitude; what remains are the roundings of the float
/// arithmetic on exact integer sums.
/// </summary>
public abstract class QuantizedLinearTests<TFormat> : LinearTests<TFormat>
    where TFormat : unmanaged, IWeightFormat
{
    protected override double Bound(int inputs, double magnitude, double reach) =>
        (reach * 0.5001 / 127) + (2 * ((inputs / 32) + 8) * Reference.UnitRoundoff * (magnitude + reach));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(9)]
    public void Activations_that_are_whole_steps_are_exact(int rows)
    {
        // The row's largest magnitude is 127, so every activation is its own integer and only the float arithmetic rounds.
        const int Inputs = 100;
        Random random = new(11);
        foreach (int outputs in (int[])[1, 33, 64])
        {
            using PackedMatrix<TFormat> weight = new(Samples.Uniform(random, outputs * Inputs), outputs, Inputs);
            float[] x = [.. Enumerable.Range(0, rows * Inputs).Select(i => i % Inputs == 7 ? -127f : random.Next(-127, 128))];
            float[] y = new float[rows * outputs];
            Linear.Apply(null, x, weight.Matrix, [], y, rows);
            for (int i = 0; i < y.Length; i++)
            {
                (double value, double magnitude) = Reference.Linear(x, weight.Dense, [], i / outputs, i % outputs, Inputs);
                Assert.Equal(value, y[i], 8 * Reference.UnitRoundoff * magnitude);
            }
        }
    }

    [Fact]
    public void A_row_of_zeros_gives_the_bias()
    {
        using PackedMatrix<TFormat> weight = new(Samples.Uniform(new Random(1), 40 * 10), 40, 10);
        float[] bias = Samples.Uniform(new Random(2), 40);
        float[] y = new float[40];
        Linear.Apply(null, new float[10], weight.Matrix, Samples.Pad(bias), y, rows: 1);
        Assert.Equal(bias, y);
    }

    [Fact]
    public void The_largest_products_do_not_saturate()
    {
        // Every weight and activation at its largest, in all four combinations of signs.
        const int Inputs = 64;
        foreach ((float w, float v) in new[] { (1f, 1f), (1f, -1f), (-1f, 1f), (-1f, -1f) })
        {
            using PackedMatrix<TFormat> weight = new([.. Enumerable.Repeat(w, 32 * Inputs)], 32, Inputs);
            foreach (int rows in (int[])[1, 8])
            {
                float[] y = new float[rows * 32];
                Linear.Apply(null, [.. Enumerable.Repeat(v, rows * Inputs)], weight.Matrix, [], y, rows);
                Assert.All(y, value => Assert.Equal(w * v * Inputs, value, 0.01 * Inputs));
            }
        }
    }
}

[Trait("Category", "Kernels")]
public class Int8LinearTests : QuantizedLinearTests<Int8>
{
    [Fact]
    public void A_weight_is_off_by_half_a_step_at_most()
    {
        float[] dense = Samples.Uniform(new Random(1), 75 * 33);
        using PackedMatrix<Int8> weight = new(dense, 75, 33);
        for (int output = 0; output < 75; output++)
        {
            float[] row = dense[(output * 33)..((output + 1) * 33)];
            float half = row.Max(MathF.Abs) / 254 * 1.0001f;
            Assert.All(row.Zip(weight.Dense[(output * 33)..]), pair => Assert.InRange(pair.Second, pair.First - half, pair.First + half));
        }
    }

    [Fact]
    public void Tiny_weights_become_zero_rather_than_infinite()
    {
        using PackedMatrix<Int8> weight = new([1e-44f, -1e-44f, 0, 0], 2, 2);
        Assert.Equal([0f, 0f, 0f, 0f], weight.Dense);
    }
}

[Trait("Category", "Kernels")]
public class Int4LinearTests : QuantizedLinearTests<Int4>
{
    [Fact]
    public void A_weight_is_off_by_little_more_than_half_a_step_at_most()
    {
        float[] dense = Samples.Uniform(new Random(1), 75 * 70);
        using PackedMatrix<Int4> weight = new(dense, 75, 70);
        double squares = 0;
        for (int i = 0; i < dense.Length; i++)
        {
            double error = dense[i] - weight.Dense[i];
            squares += error * error;
            Assert.InRange(Math.Abs(error), 0, 0.2);
        }

        // Uniform in −1 .. 1 with a step of about 1/8: a mean square of step² / 12, and no more than a sixth above it.
        Assert.InRange(squares / dense.Length, 0, 1.0 / 64 / 12 * 1.17);
    }

    [Fact]
    public void Groups_have_scales_of_their_own()
    {
        float[] dense = [.. Enumerable.Repeat(1000f, 32), .. Enumerable.Repeat(0.001f, 32)];
        using PackedMatrix<Int4> weight = new(dense, 1, 64);
        Assert.All(weight.Dense.Zip(dense), pair => Assert.Equal(pair.Second, pair.First, pair.Second / 200));
    }
}
