using System.Security.Cryptography;
using System.Text.Json;

namespace Formwork.Tool.Tests;

/// <summary><c>inspect</c> on safetensors files.</summary>
public sealed class InspectTests
{
    private const double Precision = 1e-12;

    [Fact]
    public void Every_tensor_of_a_real_file_is_described_as_an_independent_reader_finds_it()
    {
        JsonElement report = ToolRun.Run("inspect", TestModels.Sample, "--json").Succeeded().Json();
        List<StoredTensor> expected = StoredTensor.ReadAll(TestModels.Sample);

        Assert.Equal("safetensors", report.GetProperty("kind").GetString());
        Assert.Equal(new FileInfo(TestModels.Sample).Length, report.GetProperty("bytes").GetInt64());
        Assert.Equal(expected.Count, report.GetProperty("tensorCount").GetInt32());
        Assert.Equal(expected.Sum(static tensor => tensor.Bytes.Length / 2L), report.GetProperty("parameters").GetInt64());
        Assert.Equal("pt", report.GetProperty("metadata").GetProperty("format").GetString());
        Assert.Equal(expected.Count, report.GetProperty("tensors").GetArrayLength());
        foreach ((JsonElement found, StoredTensor tensor) in report.GetProperty("tensors").EnumerateArray().Zip(expected))
        {
            AssertDescribes(found, tensor);
        }
    }

    [Fact]
    public void The_table_names_every_tensor_and_the_facts()
    {
        string output = ToolRun.Run("inspect", TestModels.Sample).Succeeded().Output;

        Assert.All(StoredTensor.ReadAll(TestModels.Sample), tensor => Assert.Contains($" {tensor.Name} ", output, StringComparison.Ordinal));
        Assert.Contains("4,732,936 bytes (4.73 MB)", output, StringComparison.Ordinal);
        Assert.Contains("170 of at most 131,072", output, StringComparison.Ordinal);
        Assert.Contains("format = pt", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_chooses_tensors_and_an_order_sorts_them()
    {
        string[] names = Names(ToolRun.Run("inspect", TestModels.Sample, "--tensor", "*layers.0.fc?.bias", "--sort", "name", "--json"));
        string[] sizes = Names(ToolRun.Run("inspect", TestModels.Sample, "--sort", "size", "--json"));

        Assert.Equal(
            ["model.decoder.layers.0.fc1.bias", "model.decoder.layers.0.fc2.bias", "model.encoder.layers.0.fc1.bias", "model.encoder.layers.0.fc2.bias"],
            names);
        Dictionary<string, int> bytes = StoredTensor.ReadAll(TestModels.Sample).ToDictionary(static tensor => tensor.Name, static tensor => tensor.Bytes.Length);
        Assert.Equal(sizes.OrderByDescending(name => bytes[name]).ThenBy(static name => name, StringComparer.Ordinal), sizes);
        Assert.Equal("model.shared.weight", sizes[0]);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_answered_with_the_closest_name() =>
        ToolRun.Run("inspect", TestModels.Sample, "--tensor", "model.shared.weigth").FailedWith(2, "model.shared.weigth", "closest name is 'model.shared.weight'").Silent();

    [Fact]
    public void Values_that_are_not_finite_are_problems_with_their_place()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.safetensors", new SafetensorsBytes()
            .Add("fine", "F32", [2], 1f, -2f)
            .Add("broken", "F32", [2, 3], 0f, 1f, 2f, 3f, float.NaN, float.NegativeInfinity)
            .Add("half", "F16", [1], Half.PositiveInfinity)
            .ToBytes());

        ToolResult result = ToolRun.Run("inspect", path, "--json").FailedWith(1, "'broken' holds 1 NaN and 1 infinity, the first at [1, 1]", "1 more problem");

        JsonElement broken = result.Json().GetProperty("tensors")[1].GetProperty("statistics");
        Assert.Equal(1, broken.GetProperty("nan").GetInt64());
        Assert.Equal(1, broken.GetProperty("infinite").GetInt64());
        Assert.Equal(4, broken.GetProperty("firstNotFinite").GetInt64());
        Assert.Equal(0, broken.GetProperty("min").GetDouble());
        Assert.Equal(3, broken.GetProperty("max").GetDouble());
        Assert.Equal(2, result.Json().GetProperty("problems").GetArrayLength());
        Assert.False(result.Json().GetProperty("tensors")[2].GetProperty("statistics").TryGetProperty("min", out _));
        Assert.Contains("'broken' holds 1 NaN", ToolRun.Run("inspect", path).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_tensors_and_rows_of_zeros_are_noted()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("odd.safetensors", new SafetensorsBytes()
            .Add("a", "F32", [2, 2], 1f, 2f, 0f, 0f)
            .Add("b", "F32", [4], 1f, 2f, 0f, 0f)
            .Add("zero", "F32", [3], 0f, 0f, -0f)
            .Add("also zero", "F32", [3], 0f, 0f, 0f)
            .Add("late row", "F32", [3, 2], 1f, 0f, 0f, 1f, 0f, 0f)
            .ToBytes());

        string[] notes = [.. ToolRun.Run("inspect", path, "--json").Succeeded().Json().GetProperty("notes").EnumerateArray().Select(static note => note.GetString()!)];

        Assert.Equal(
            [
                "tensors 'a' and 'b' hold the same bytes",
                "tensor 'zero' is all zeros",
                "tensor 'also zero' is all zeros",
                "tensor 'a' has 1 row of zeros among 2",
                "tensor 'late row' has 1 row of zeros among 3",
            ],
            notes);
    }

    [Fact]
    public void Every_type_of_number_is_read_and_others_are_left_alone()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("types.safetensors", new SafetensorsBytes()
            .Add<byte>("bool", "BOOL", [2], 0, 1)
            .Add<byte>("u8", "U8", [2], 0, 255)
            .Add<sbyte>("i8", "I8", [2], -128, 127)
            .Add<short>("i16", "I16", [2], -30000, 2)
            .Add<ushort>("u16", "U16", [2], 0, 60000)
            .Add<ushort>("bf16", "BF16", [2], 0xBF80, 0x4040)
            .Add<int>("i32", "I32", [2], -2, 1 << 30)
            .Add<uint>("u32", "U32", [2], 1, 4_000_000_000)
            .Add<double>("f64", "F64", [2], -1e300, 0.5)
            .Add<long>("i64", "I64", [2], -5, 1L << 40)
            .Add<ulong>("u64", "U64", [2], 5, 1UL << 63)
            .Add<byte>("f8", "F8_E4M3", [2], 1, 2)
            .Add<float>("scalar", "F32", [], 7f)
            .Add<float>("empty", "F32", [0, 4])
            .ToBytes());

        Dictionary<string, JsonElement> tensors = ToolRun.Run("inspect", path, "--json").Succeeded().Json().GetProperty("tensors").EnumerateArray().ToDictionary(static tensor => tensor.GetProperty("name").GetString()!);

        (string Name, double Min, double Max)[] expected =
        [
            ("bool", 0, 1), ("u8", 0, 255), ("i8", -128, 127), ("i16", -30000, 2), ("u16", 0, 60000), ("bf16", -1, 3), ("i32", -2, 1 << 30),
            ("u32", 1, 4e9), ("f64", -1e300, 0.5), ("i64", -5, 1L << 40), ("u64", 5, 1UL << 63), ("scalar", 7, 7),
        ];
        Assert.All(expected, each =>
        {
            JsonElement statistics = tensors[each.Name].GetProperty("statistics");
            Assert.Equal(each.Min, statistics.GetProperty("min").GetDouble());
            Assert.Equal(each.Max, statistics.GetProperty("max").GetDouble());
        });
        Assert.False(tensors["f8"].TryGetProperty("statistics", out _));
        Assert.Equal("F8_E4M3", tensors["f8"].GetProperty("type").GetString());
        Assert.Equal(0, tensors["empty"].GetProperty("elements").GetInt64());
    }

    [Fact]
    public void What_a_file_says_about_itself_cannot_disturb_a_terminal()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("escape.safetensors", new SafetensorsBytes()
            .Metadata("""{"title":"\u001b[2J[red]","half":"\ud800"}""")
            .Add("[bold]a b", "F32", [1], 1f)
            .ToBytes());

        string output = ToolRun.Run("inspect", path).Succeeded().Output;

        Assert.DoesNotContain('\u001b', output);
        Assert.Contains(@"title = \u001B[2J[red]", output, StringComparison.Ordinal);
        Assert.Contains(@"half = \ud800", output, StringComparison.Ordinal);
        Assert.Contains("[bold]a b", output, StringComparison.Ordinal);
        Assert.Equal("\u001b[2J[red]", ToolRun.Run("inspect", path, "--json").Succeeded().Json().GetProperty("metadata").GetProperty("title").GetString());
    }

    [Fact]
    public void Memory_does_not_grow_with_the_file()
    {
        const long Bytes = 256 << 20;
        const long Most = 24 << 20;
        using var folder = new TemporaryFolder();
        string path = folder.File("large.safetensors");
        SafetensorsBytes.WriteSparse(path, Bytes);

        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonElement report = ToolRun.Run("inspect", path, "--json").Succeeded().Json();
        ToolRun.Run("manifest", path).Succeeded();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
        Assert.Equal(Bytes / sizeof(float), report.GetProperty("tensors")[0].GetProperty("statistics").GetProperty("zeros").GetInt64());
    }

    private static string[] Names(ToolResult result) =>
        [.. result.Succeeded().Json().GetProperty("tensors").EnumerateArray().Select(static tensor => tensor.GetProperty("name").GetString()!)];

    private static void AssertDescribes(JsonElement found, StoredTensor tensor)
    {
        Assert.Equal(tensor.Name, found.GetProperty("name").GetString());
        Assert.Equal(tensor.Type, found.GetProperty("type").GetString());
        Assert.Equal(tensor.Shape, found.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt64()));
        Assert.Equal(tensor.Bytes.Length, found.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(tensor.Bytes)), found.GetProperty("sha256").GetString());
        float[] values = tensor.Floats();
        JsonElement statistics = found.GetProperty("statistics");
        Assert.Equal(values.Min(), statistics.GetProperty("min").GetDouble());
        Assert.Equal(values.Max(), statistics.GetProperty("max").GetDouble());
        Assert.Equal(values.Average(static value => (double)value), statistics.GetProperty("mean").GetDouble(), Precision);
        Assert.Equal(values.Average(static value => Math.Abs((double)value)), statistics.GetProperty("meanAbs").GetDouble(), Precision);
        Assert.Equal(Math.Sqrt(values.Average(static value => (double)value * value)), statistics.GetProperty("rms").GetDouble(), Precision);
        Assert.Equal(values.Count(static value => value == 0), statistics.GetProperty("zeros").GetInt64());
        if (tensor.Shape.Length == 2)
        {
            Assert.Equal(values.Chunk((int)tensor.Shape[1]).Count(static row => row.All(static value => value == 0)), statistics.GetProperty("zeroRows").GetInt64());
        }
    }
}
