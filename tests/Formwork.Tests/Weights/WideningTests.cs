using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class WideningTests
{
    private static readonly ushort[] Patterns = [.. Enumerable.Range(0, 1 << 16).Select(bits => (ushort)bits)];

    [Fact]
    public void Every_half_is_widened_exactly()
    {
        var widened = new float[Patterns.Length];
        Widening.Half(Patterns, widened);
        AssertHalves(Patterns, widened);
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Every_pattern_is_widened_exactly_inside_the_destination(string dtype)
    {
        byte[] stored = [.. Patterns.SelectMany(BitConverter.GetBytes)];
        using var file = SafetensorsFile.FromMemory(new SafetensorsBytes().Add("t", dtype, [256, 256], stored).Build(1));
        // Odd lengths leave a remainder after the vectors.
        for (int length = 0; length < 70; length++)
        {
            var part = new float[length];
            file.Tensors[0].ReadFloats(0x3BFF, part);
            AssertPatterns(dtype, Patterns.AsSpan(0x3BFF, length), part);
        }
        var widened = new float[Patterns.Length];
        file.Tensors[0].ReadFloats(0, widened);
        AssertPatterns(dtype, Patterns, widened);
    }

    private static void AssertPatterns(string dtype, ReadOnlySpan<ushort> patterns, ReadOnlySpan<float> widened)
    {
        if (dtype == "F16")
        {
            AssertHalves(patterns, widened);
            return;
        }
        for (int i = 0; i < patterns.Length; i++)
        {
            Assert.Equal((uint)patterns[i] << 16, BitConverter.SingleToUInt32Bits(widened[i]));
        }
    }

    private static void AssertHalves(ReadOnlySpan<ushort> patterns, ReadOnlySpan<float> widened)
    {
        for (int i = 0; i < patterns.Length; i++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf(patterns[i]);
            bool equal = float.IsNaN(expected)
                ? float.IsNaN(widened[i]) && float.IsNegative(widened[i]) == float.IsNegative(expected)
                : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(widened[i]);
            Assert.True(equal, $"0x{patterns[i]:X4}: {widened[i]:R}, not {expected:R}");
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_value_that_is_not_finite_is_found_at_every_index(float value)
    {
        for (int length = 0; length < 40; length++)
        {
            var values = new float[length];
            Array.Fill(values, float.MaxValue);
            Assert.Equal(-1, Finite.IndexOfNotFinite(values));
            for (int i = length - 1; i >= 0; i--)
            {
                values[i] = value;
                Assert.Equal(i, Finite.IndexOfNotFinite(values));
            }
        }
    }
}
