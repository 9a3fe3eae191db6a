using System.Text.Json;
using Formwork.Weights;
using Translate.Sentences;

namespace Formwork.Tool.Tests;

/// <summary><c>quantize</c>.</summary>
public sealed class QuantizeTests
{
    private const double Precision = 1e-9;

    [Theory]
    [InlineData(WeightType.Int8)]
    [InlineData(WeightType.Int4)]
    [InlineData(WeightType.BFloat16)]
    [InlineData(WeightType.Float16)]
    public void Errors_are_those_of_the_weights_that_the_loader_packs(WeightType type)
    {
        JsonElement report = ToolRun.Run("quantize", TestModels.Sample, "--type", type.ToString(), "--json").Succeeded().Json();
        Dictionary<string, StoredTensor> tensors = StoredTensor.ReadAll(TestModels.Sample).ToDictionary(static tensor => tensor.Name);
        JsonElement[] matrices = [.. report.GetProperty("matrices").EnumerateArray()];

        Assert.Equal(
            tensors.Values.Where(static tensor => tensor.Shape.Length == 2 && tensor.Shape[0] > 1 && !tensor.Name.Contains("position", StringComparison.Ordinal)).Select(static tensor => tensor.Name).Order(StringComparer.Ordinal),
            matrices.Select(Name).Order(StringComparer.Ordinal));
        Assert.Equal(matrices.Select(Relative).OrderDescending(), matrices.Select(Relative));
        double signal = 0;
        double noise = 0;
        foreach (JsonElement matrix in matrices)
        {
            (double matrixSignal, double matrixNoise) = AssertMeasured(matrix, tensors[Name(matrix)], type);
            signal += matrixSignal;
            noise += matrixNoise;
        }

        JsonElement totals = report.GetProperty("totals");
        AssertClose(Math.Sqrt(noise / signal), totals.GetProperty("relativeRmsError").GetDouble());
        Assert.Equal(matrices.Length, totals.GetProperty("matrices").GetInt32());
        Assert.Equal(matrices.Sum(static matrix => matrix.GetProperty("packedBytes").GetInt64()), totals.GetProperty("packedBytes").GetInt64());
        Assert.Equal(matrices.Sum(matrix => tensors[Name(matrix)].Bytes.LongLength), totals.GetProperty("storedBytes").GetInt64());
    }

    [Fact]
    public void The_table_has_the_worst_first_and_totals()
    {
        string[] lines = ToolRun.Run("quantize", TestModels.Sample, "--type", "int4").Succeeded().Output.Split('\n');
        JsonElement worst = ToolRun.Run("quantize", TestModels.Sample, "--type", "int4", "--json").Succeeded().Json().GetProperty("matrices")[0];

        Assert.Contains(Name(worst), lines.First(static line => line.Contains("Int4", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(lines, static line => line.Contains("65 of 2,334,720 weights", StringComparison.Ordinal));
    }

    [Fact]
    public void With_a_declaration_the_file_is_packed_as_one_that_says_that_type()
    {
        using var folder = new TemporaryFolder();
        string declaration = folder.Write("Int8.cs", File.ReadAllText(TestModels.SampleDeclaration).Replace("MaxBeams = 8", "MaxBeams = 8, Weights = WeightType.Int8", StringComparison.Ordinal));
        string half = folder.Write("Half.cs", File.ReadAllText(TestModels.SampleDeclaration).Replace("MaxBeams = 8", "Weights = WeightType.Float16, MaxBeams = 8", StringComparison.Ordinal));
        ToolRun.Run("pack", TestModels.Sample, "--declaration", declaration, "-o", folder.File("declared.fw")).Succeeded();

        JsonElement report = ToolRun.Run("quantize", TestModels.Sample, "--type", "int8", "--declaration", TestModels.SampleDeclaration, "-o", folder.File("added.fw"), "--json").Succeeded().Json();
        string line = ToolRun.Run("quantize", TestModels.Sample, "--type", "int8", "--declaration", half, "-o", folder.File("replaced.fw")).Succeeded().Output;

        Assert.Equal(File.ReadAllBytes(folder.File("declared.fw")), File.ReadAllBytes(folder.File("added.fw")));
        Assert.Equal(File.ReadAllBytes(folder.File("declared.fw")), File.ReadAllBytes(folder.File("replaced.fw")));
        Assert.Contains("Weights = WeightType.Int8", line, StringComparison.Ordinal);
        Assert.False(report.TryGetProperty("matrices", out _));
        Assert.Equal(new FileInfo(folder.File("declared.fw")).Length, report.GetProperty("packed").GetProperty("bytes").GetInt64());
        Assert.Equal(WeightLoadError.OtherModel, Assert.Throws<WeightLoadException>(() => EnglishToFrench.Load(folder.File("added.fw"))).Code);
    }

    [Fact]
    public void A_configuration_stands_for_a_declaration()
    {
        JsonElement report = ToolRun.Run("quantize", TestModels.Sample, "--type", "int8", "--config", TestModels.SampleConfig, "--model", "Some.Model", "--json").Succeeded().Json();

        Assert.Equal("Some.Model", report.GetProperty("model").GetString());
        Assert.All(report.GetProperty("matrices").EnumerateArray(), static matrix => Assert.Equal("Int8", matrix.GetProperty("type").GetString()));
    }

    [Fact]
    public void With_a_declaration_each_matrix_has_the_type_that_it_is_packed_in()
    {
        using var folder = new TemporaryFolder();
        string declaration = folder.Write("Mixed.cs", File.ReadAllText(TestModels.SampleDeclaration).Replace("MaxBeams = 8", "EmbeddingWeights = WeightType.Float32", StringComparison.Ordinal));

        JsonElement report = ToolRun.Run(
            "quantize", TestModels.Sample, "--type", "int4", "--declaration", declaration, "-o", folder.File("model.fw"), "--report", "--json").Succeeded().Json();

        Dictionary<string, string> types = report.GetProperty("matrices").EnumerateArray().ToDictionary(Name, static matrix => matrix.GetProperty("type").GetString()!);
        Assert.Equal("Float32", types["model.shared.weight"]);
        Assert.Equal("Int4", types["model.decoder.layers.0.fc1.weight"]);
        JsonElement exact = report.GetProperty("matrices").EnumerateArray().Last();
        Assert.Equal("model.shared.weight", Name(exact));
        Assert.Equal(0, Relative(exact));
        Assert.False(exact.TryGetProperty("snrDb", out _));
        Assert.False(exact.TryGetProperty("worstRow", out _));
    }

    [Fact]
    public void Weights_that_a_half_cannot_hold_are_counted_and_are_a_problem()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("large.safetensors", new SafetensorsBytes().Add("m", "F32", [2, 2], 1f, 70000f, -1e9f, 0.25f).ToBytes());

        ToolResult result = ToolRun.Run("quantize", file, "--type", "float16", "--json").FailedWith(1, "2 weights of 'm' are beyond Float16");

        Assert.Equal(2, result.Json().GetProperty("matrices")[0].GetProperty("clipped").GetInt64());
        Assert.Equal(0, result.Json().GetProperty("matrices")[0].GetProperty("maxAbsError").GetDouble());
        ToolRun.Run("quantize", file, "--type", "int8").Succeeded();
    }

    [Fact]
    public void A_file_without_matrices_and_a_file_without_a_declaration_to_write_by_are_refused()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("vectors.safetensors", new SafetensorsBytes().Add("a", "F32", [2], 1f, 2f).Add("b", "F32", [1, 2], 1f, 2f).Add("c", "I32", [2, 2], 1, 2, 3, 4).ToBytes());

        ToolRun.Run("quantize", file, "--type", "int8").FailedWith(1, "no matrix").Silent();
        ToolRun.Run("quantize", TestModels.Sample, "--type", "int8", "-o", folder.File("model.fw")).FailedWith(2, "--declaration").Silent();
        ToolRun.Run("quantize", TestModels.Sample, "--type", "int3").FailedWith(2, "int3", "int8").Silent();
        ToolRun.Run("quantize", TestModels.Sample).FailedWith(2, "--type").Silent();
        Assert.Equal(["vectors.safetensors"], folder.Names);
    }

    private static (double Signal, double Noise) AssertMeasured(JsonElement matrix, StoredTensor tensor, WeightType type)
    {
        double[][] unpacked = Panels.RoundTrip(TestModels.Sample, tensor, type, out int beyond);
        float[][] stored = [.. tensor.Floats().Chunk((int)tensor.Shape[1])];
        double[] signals = [.. stored.Select(static row => row.Sum(static weight => (double)weight * weight))];
        double[] noises = [.. stored.Zip(unpacked, static (row, other) => row.Zip(other, static (a, b) => (a - b) * (a - b)).Sum())];
        double signal = signals.Sum();
        double noise = noises.Sum();
        AssertClose(Math.Sqrt(noise / signal), Relative(matrix));
        AssertClose(stored.Zip(unpacked, static (row, other) => row.Zip(other, static (a, b) => Math.Abs(a - b)).Max()).Max(), matrix.GetProperty("maxAbsError").GetDouble());
        Assert.Equal(beyond, matrix.GetProperty("clipped").GetInt64());
        if (noise > 0)
        {
            int worst = Enumerable.Range(0, noises.Length).MaxBy(row => noises[row] / signals[row]);
            AssertClose(10 * Math.Log10(signal / noise), matrix.GetProperty("snrDb").GetDouble());
            Assert.Equal(worst, matrix.GetProperty("worstRow").GetInt32());
            AssertClose(Math.Sqrt(noises[worst] / signals[worst]), matrix.GetProperty("worstRowError").GetDouble());
        }
        else
        {
            Assert.False(matrix.TryGetProperty("snrDb", out _));
        }

        return (signal, noise);
    }

    private static void AssertClose(double expected, double found) => Assert.InRange(Math.Abs(expected - found), 0, Math.Abs(expected) * Precision);

    private static string Name(JsonElement matrix) => matrix.GetProperty("name").GetString()!;

    private static double Relative(JsonElement matrix) => matrix.GetProperty("relativeRmsError").GetDouble();
}
