using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class PanelPackingTests
{
    private static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() + 1)];
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
    public void Every_element_lies_where_the_layout_says_and_the_padding_is_zero(int rows, int columns)
    {
        float[] values = Random(rows * columns, rows);
        byte[] bytes = new SafetensorsBytes().Add("w", [rows, columns], values).Build();
        long length = PanelLayout.Length(rows, columns);
        using WeightMemory memory = WeightLoader.Load(bytes, new WeightManifest("Model", length + 8, [WeightSlot.Panels(["w"], rows, columns, 8)], []));
        float[] expected = new float[length];
        for (int i = 0; i < values.Length; i++)
        {
            expected[PanelLayout.IndexOf(i / columns, i % columns, columns)] = values[i];
        }
        Assert.Equal(expected, memory.Slice(8, (int)length));
        Assert.Equal(new float[8], memory.Slice(0, 8));
    }

    [Theory]
    [InlineData(20, 20, 20, 24)]
    [InlineData(128, 128, 128, 40)]
    [InlineData(1, 65, 33, 5000)]
    public void Three_tensors_share_one_matrix(int first, int second, int third, int columns)
    {
        int[] rows = [first, second, third];
        int total = rows.Sum();
        float[] values = Random(total * columns, 5);
        var file = new SafetensorsBytes();
        var slots = new List<WeightSlot>();
        int row = 0;
        for (int i = 0; i < 3; i++)
        {
            file.Add($"w{i}", [rows[i], columns], values[(row * columns)..((row + rows[i]) * columns)]);
            slots.Add(WeightSlot.Panels([$"w{i}"], rows[i], columns, 0, row));
            row += rows[i];
        }
        long length = PanelLayout.Length(total, columns);
        using WeightMemory memory = WeightLoader.Load(file.Build(), new WeightManifest("Model", length, [.. slots], []));
        ReadOnlySpan<float> packed = memory.Slice(0, (int)length);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], packed[(int)PanelLayout.IndexOf(i / columns, i % columns, columns)]);
        }
    }

    [Fact]
    public void A_half_precision_matrix_is_packed()
    {
        byte[] stored = [.. Enumerable.Range(0, 40 * 6).SelectMany(i => BitConverter.GetBytes((Half)i))];
        byte[] bytes = new SafetensorsBytes().Add("w", "F16", [40, 6], stored).Build(3);
        using WeightMemory memory = WeightLoader.Load(bytes, new WeightManifest("Model", 64 * 6, [WeightSlot.Panels(["w"], 40, 6, 0)], []));
        for (int i = 0; i < 240; i++)
        {
            Assert.Equal(i, memory.Slice(PanelLayout.IndexOf(i / 6, i % 6, 6), 1)[0]);
        }
    }

    [Fact]
    public void Rows_that_do_not_fit_the_panel_are_a_programming_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelPacker.Pack(new float[4], 2, new float[64], 31));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelPacker.Pack(new float[4], 2, new float[63], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PanelPacker.Pack(new float[66], 2, new float[64], 0));
    }
}
