using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class PanelPackingTests
{
    private static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (random.NextSingle() * 4) - 2)];
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(31, 7)]
    [InlineData(32, 16)]
    [InlineData(33, 17)]
    [InlineData(64, 32)]
    [InlineData(300, 1)]
    [InlineData(70, 2000)]
    [InlineData(45, 4096)]
    [InlineData(45, 4100)]
    [InlineData(3, 9000)]
    [InlineData(2, 131_080)]
    public void Every_row_is_what_the_format_makes_of_it_and_the_padding_is_zero(int rows, int columns)
    {
        Packed<Float32>(rows, columns);
        Packed<BFloat16>(rows, columns);
        Packed<Float16>(rows, columns);
        Packed<Int8>(rows, columns);
        Packed<Int4>(rows, columns);
    }

    [Theory]
    [InlineData(20, 20, 20, 24)]
    [InlineData(128, 128, 128, 40)]
    [InlineData(1, 65, 33, 5000)]
    [InlineData(40, 1, 2, 131_075)]
    public void Three_tensors_share_one_matrix(int first, int second, int third, int columns)
    {
        Fused<Float32>([first, second, third], columns);
        Fused<BFloat16>([first, second, third], columns);
        Fused<Float16>([first, second, third], columns);
        Fused<Int8>([first, second, third], columns);
        Fused<Int4>([first, second, third], columns);
    }

    [Fact]
    public void Matrices_of_several_formats_lie_side_by_side()
    {
        float[] values = Random(33 * 9, 3);
        byte[] bytes = new SafetensorsBytes().Add("w", [33, 9], values).Build();
        long half = PanelLayout.Bytes<Float16>(33, 9);
        long quarter = PanelLayout.Bytes<Int8>(33, 9);
        using WeightMemory memory = SafetensorsLoading.Load(bytes, new WeightManifest("Model", half + quarter, [
            WeightSlot.Matrix<Float16>(["w"], 33, 9, 0), WeightSlot.Matrix<Int8>(["w"], 33, 9, half)], []));
        AssertRows(values, memory.Matrix<Float16>(0, 33, 9));
        AssertRows(values, memory.Matrix<Int8>(half, 33, 9));
    }

    [Fact]
    public void A_half_precision_tensor_is_packed()
    {
        byte[] stored = [.. Enumerable.Range(0, 40 * 6).SelectMany(i => BitConverter.GetBytes((Half)i))];
        byte[] bytes = new SafetensorsBytes().Add("w", "F16", [40, 6], stored).Build(3);
        using WeightMemory memory = SafetensorsLoading.Load(bytes, new WeightManifest("Model", 2 * 32 * 6 * 4, [WeightSlot.Matrix<Float32>(["w"], 40, 6, 0)], []));
        AssertRows([.. Enumerable.Range(0, 40 * 6).Select(i => (float)i)], memory.Matrix<Float32>(0, 40, 6));
    }

    [Fact]
    public void Rows_that_do_not_fit_the_panel_are_a_programming_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelPacker.Pack(new float[4], 2, new float[64], 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelPacker.Pack(new float[4], 2, new float[63], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelPacker.Pack(new float[66], 2, new float[64], 0));
    }

    private static unsafe void Packed<TFormat>(int rows, int columns)
        where TFormat : unmanaged, IWeightFormat
    {
        const int Before = 64;
        float[] values = Random(rows * columns, rows);
        byte[] bytes = new SafetensorsBytes().Add("w", [rows, columns], values).Build();
        long length = PanelLayout.Bytes<TFormat>(rows, columns);
        using WeightMemory memory = SafetensorsLoading.Load(bytes, new WeightManifest("Model", length + (2 * Before), [WeightSlot.Matrix<TFormat>(["w"], rows, columns, Before)], []));
        Matrix<TFormat> matrix = memory.Matrix<TFormat>(Before, rows, columns);
        AssertRows(values, matrix);
        // Packed one row at a time over zeros, every byte of the panels is the same: tiles and fast paths change nothing.
        byte[] expected = new byte[length];
        fixed (byte* start = expected)
        {
            for (int output = 0; output < rows; output++)
            {
                byte* panel = start + (output / PanelLayout.Width * TFormat.PanelBytes(columns));
                TFormat.Pack(values.AsSpan(output * columns, columns), panel, output % PanelLayout.Width);
            }
        }

        Assert.True(new ReadOnlySpan<byte>(memory.At(Before, length), (int)length).SequenceEqual(expected));
        AssertPaddingIsZero(matrix, rows, columns);
        Assert.False(new ReadOnlySpan<byte>(memory.At(0, Before), Before).ContainsAnyExcept((byte)0));
        Assert.False(new ReadOnlySpan<byte>(memory.At(Before + length, Before), Before).ContainsAnyExcept((byte)0));
    }

    // Read with the padded shape, which has the same panels, missing outputs and inputs are zeros.
    private static void AssertPaddingIsZero<TFormat>(Matrix<TFormat> matrix, int rows, int columns)
        where TFormat : unmanaged, IWeightFormat
    {
        int padded = columns;
        while (PanelLayout.Bytes<TFormat>(1, padded + 1) == PanelLayout.Bytes<TFormat>(1, columns))
        {
            padded++;
        }

        float[] row = new float[padded];
        for (int output = 0; output < PanelLayout.PaddedOutputs(rows); output++)
        {
            Read(matrix, output, row);
            Assert.False(row.AsSpan(output < rows ? columns : 0).ContainsAnyExcept(0f));
        }
    }

    private static unsafe void Read<TFormat>(Matrix<TFormat> matrix, int output, float[] row)
        where TFormat : unmanaged, IWeightFormat => TFormat.Unpack(matrix.PanelOf(output), output % PanelLayout.Width, 1, row);

    private static void Fused<TFormat>(int[] rows, int columns)
        where TFormat : unmanaged, IWeightFormat
    {
        int total = rows.Sum();
        float[] values = Random(total * columns, 5);
        var file = new SafetensorsBytes();
        var slots = new List<WeightSlot>();
        int row = 0;
        for (int i = 0; i < 3; i++)
        {
            file.Add($"w{i}", [rows[i], columns], values[(row * columns)..((row + rows[i]) * columns)]);
            slots.Add(WeightSlot.Matrix<TFormat>([$"w{i}"], rows[i], columns, 0, row));
            row += rows[i];
        }

        using WeightMemory memory = SafetensorsLoading.Load(file.Build(), new WeightManifest("Model", PanelLayout.Bytes<TFormat>(total, columns), [.. slots], []));
        AssertRows(values, memory.Matrix<TFormat>(0, total, columns));
    }

    // What an embedding reads is the format's rounding of what the file has, computed here from the format's definition.
    private static void AssertRows<TFormat>(ReadOnlySpan<float> values, Matrix<TFormat> matrix)
        where TFormat : unmanaged, IWeightFormat
    {
        int columns = matrix.Inputs;
        float[] row = new float[columns];
        for (int output = 0; output < matrix.Outputs; output++)
        {
            ReadOnlySpan<float> original = values.Slice(output * columns, columns);
            Embedding.Lookup(matrix, output, 1, row);
            float largest = Largest(original);
            for (int input = 0; input < columns; input++)
            {
                (float expected, float tolerance) = Rounded(TFormat.Type, original, input, largest);
                if (!(MathF.Abs(expected - row[input]) <= tolerance))
                {
                    Assert.Fail($"{TFormat.Type} [{output}, {input}]: {original[input]} became {row[input]}, not {expected} ± {tolerance}");
                }
            }
        }
    }

    /// <summary>What a weight must become, and how far from it another choice of the format may be.</summary>
    private static (float Expected, float Tolerance) Rounded(WeightType type, ReadOnlySpan<float> row, int input, float largest)
    {
        float value = row[input];
        switch (type)
        {
            case WeightType.Float32:
                return (value, 0);
            case WeightType.BFloat16:
                return (NearestBFloat16(value), 0);
            case WeightType.Float16:
                return ((float)(Half)value, 0);
            case WeightType.Int8:
                // Two products of floats are not exactly one quotient: a weight half-way between two steps may go either way.
                float step = largest / 127;
                return (value, (0.5f * step) + (1e-5f * largest));
            default:
                // The widest step makes the group's extreme a 9 of which −8 or 7 is left.
                int first = input / 32 * 32;
                return (value, Largest(row.Slice(first, Math.Min(32, row.Length - first))) * (2f / 9) * 1.01f);
        }
    }

    private static float NearestBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000;
        float lower = BitConverter.UInt32BitsToSingle(bits);
        float upper = BitConverter.UInt32BitsToSingle(bits + 0x10000);
        double below = Math.Abs((double)value - lower);
        double above = Math.Abs((double)upper - value);
        return below < above || (below == above && (bits & 0x10000) == 0) ? lower : upper;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        return largest;
    }
}
