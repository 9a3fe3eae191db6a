using Formwork.Kernels;

namespace Formwork.Tests.Kernels;

/// <summary>Within (inputs + 1) roundings of each output's Σ |terms|, the textbook bound of an ordered sum.</summary>
public abstract class FloatLinearTests<TFormat> : LinearTests<TFormat>
    where TFormat : unmanaged, IWeightFormat
{
    protected override double Bound(int inputs, double magnitude, double reach) => 2 * (inputs + 1) * Reference.UnitRoundoff * magnitude;
}

[Trait("Category", "Kernels")]
public class Float32LinearTests : FloatLinearTests<Float32>
{
    [Fact]
    public void A_hand_worked_case()
    {
        // W = [1 2; 3 4; 5 6], bias = [10 20 30], x = [1 1; 2 −1].
        using PackedMatrix<Float32> weight = new([1, 2, 3, 4, 5, 6], outputs: 3, inputs: 2);
        float[] y = new float[6];
        Linear.Apply(null, [1, 1, 2, -1], weight.Matrix, Samples.Pad([10, 20, 30]), y, rows: 2);
        Assert.Equal([13, 27, 41, 10, 22, 34], y);
    }

    [Fact]
    public void Weights_are_kept_as_they_are()
    {
        float[] dense = Samples.Uniform(new Random(1), 75 * 33);
        using PackedMatrix<Float32> weight = new(dense, 75, 33);
        Bits.AssertSame(dense, weight.Dense);
    }
}

[Trait("Category", "Kernels")]
public class BFloat16LinearTests : FloatLinearTests<BFloat16>
{
    [Fact]
    public void Weights_are_rounded_to_the_nearest()
    {
        float[] dense = [1f, -1.00390625f, 1.005859375f, 1.01171875f, 3e38f, 1e-40f, 0f, -0f];
        using PackedMatrix<BFloat16> weight = new(dense, 1, 8);
        // 1 + 2⁻⁸ and 1 + 3·2⁻⁸ lie half-way: ties go to even.
        Assert.Equal([1f, -1f, 1.0078125f, 1.015625f], weight.Dense[..4]);
        Assert.All(weight.Dense.Zip(dense), pair => Assert.InRange(pair.First, pair.Second - (Math.Abs(pair.Second) / 256) - 1e-40f, pair.Second + (Math.Abs(pair.Second) / 256) + 1e-40f));
    }
}

[Trait("Category", "Kernels")]
public class Float16LinearTests : FloatLinearTests<Float16>
{
    [Fact]
    public void Every_finite_half_goes_through_exactly()
    {
        // Subnormal numbers among them: W is one column, x is 1.
        float[] dense = [.. Enumerable.Range(0, 1 << 16).Select(static bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(float.IsFinite)];
        using PackedMatrix<Float16> weight = new(dense, dense.Length, 1);
        Assert.Equal(dense, weight.Dense);
        float[] y = new float[dense.Length];
        Linear.Apply(null, [1f], weight.Matrix, [], y, rows: 1);
        Assert.Equal(dense, y);
        float[] rows = new float[2 * dense.Length];
        Linear.Apply(null, [1f, 1f], weight.Matrix, [], rows, rows: 2);
        Assert.Equal(dense, rows[dense.Length..]);
    }
}
