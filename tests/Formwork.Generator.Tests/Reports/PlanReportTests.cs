using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests.Reports;

/// <summary>What the plan report says: snapshots, numbers worked out by hand for a tiny shape, and what must add up for any.</summary>
public partial class PlanReportTests
{
    private const string Mixed = "Weights = WeightType.Int8, EmbeddingWeights = WeightType.Float16, FeedForwardWeights = WeightType.Int4, MaxBatch = 2, MaxBeams = 3, StateBudget = 100000, WeightBudget = 30000L";

    public static TheoryData<string> Sources => new(
        Declarations.Tiny, Declarations.Bart, Declarations.Marian, Declarations.T5, Declarations.OpenNmt, Declarations.Recording,
        Declarations.TinyWith(Mixed),
        Declarations.TinyWith("CrossAttention = false, EncoderLayers = 3"),
        Declarations.TinyWith("StackBudget = 128"),
        Declarations.TinyWith("StackBudget = 65536, StackOnly = true, SourceLength = 5, TargetLength = 21, TieOutput = false"),
        Declarations.TinyWith("EncoderHeads = 4, EncoderFeedForwardDim = 8, SourceLength = 16, TargetLength = 8"));

    [Fact]
    public void Tiny() => Verify(Declarations.Tiny, "Samples.Tiny");

    [Fact]
    public void Marian() => Verify(Declarations.Marian, "Samples.EnglishToFrench");

    [Fact]
    public void Budgets_and_weight_types() => Verify(Declarations.TinyWith(Mixed), "Mixed");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("false")]
    [InlineData("False")]
    public void Is_written_only_where_it_is_asked_for(string? value)
    {
        BuildInputs inputs = value is null ? BuildInputs.None : BuildInputs.None.WithProperty("FormworkReport", value);
        Assert.Equal(GeneratorHarness.Generate(Declarations.Tiny), GeneratorHarness.Generate(Declarations.Tiny, inputs));
        Assert.DoesNotContain(GeneratorHarness.Generate(Declarations.Tiny), static file => file.Key.Contains("plan", StringComparison.Ordinal));
    }

    [Fact]
    public void Adds_two_files_and_changes_no_other()
    {
        SortedDictionary<string, string> without = GeneratorHarness.Generate(Declarations.Tiny);
        SortedDictionary<string, string> with = GeneratorHarness.Generate(Declarations.Tiny, BuildInputs.None.WithProperty("FormworkReport", "True"));
        Assert.Equal(["Samples.Tiny.Artifact.Samples.Tiny.plan.json.g.cs", "Samples.Tiny.Artifact.Samples.Tiny.plan.md.g.cs"], with.Keys.Except(without.Keys));
        Assert.Equal(without, with.Where(file => without.ContainsKey(file.Key)));
    }

    [Fact]
    public void Counts_the_tiny_shape_as_by_hand()
    {
        using JsonDocument report = Json(Declarations.Tiny);
        JsonElement work = report.RootElement.GetProperty("work");

        // Width 16, 2 heads of 8, feed-forward 32, 20 ids, 8 tokens; one layer a stack.
        Assert.Equal((4 * 16 * 16) + (2 * 16 * 32), Number(work, "sourceToken", "projections"));
        Assert.Equal(2 * 8 * 16, Number(work, "sourceToken", "attention"));
        Assert.Equal(2 * 16 * 16, Number(work, "sourceToken", "crossCache"));
        Assert.Equal((6 * 16 * 16) + (2 * 16 * 32), Number(work, "targetToken", "projections"));
        Assert.Equal(2 * (8 + 8) * 16, Number(work, "targetToken", "attention"));
        Assert.Equal(16 * 20, Number(work, "targetToken", "logits"));

        // Outputs are padded to 32. Query, key and value: 48 → 64 outputs of 16 inputs, and so on; norms 16 + 16 floats, biases of the feed-forward 32 and 16 → 32.
        const int Layer = 4 * ((64 * 16) + (32 * 16) + (32 * 16) + (32 * 32));
        const int Norm = 4 * (16 + 16);
        const int Biases = 4 * (32 + 32);
        const int Row = 4 * (16 + 16);
        Assert.Equal(Layer + (2 * Norm) + Biases + (8 * Row) + (4 * 32 * 16), Number(work, "source", "weightBytes"));
        Assert.Equal(Layer + (4 * 2 * 32 * 16) + (3 * Norm) + Biases + Row + (4 * 32 * 16), Number(work, "targetToken", "weightBytes"));
        Assert.Equal(4 * 2 * (8 + 8) * 16, Number(work, "targetToken", "cacheBytes"));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Agrees_with_the_plan_comment_which_is_worked_out_from_formulas(string source)
    {
        string shape = GeneratorHarness.Generate(source).Single(static file => file.Key.EndsWith(".Shape.g.cs", StringComparison.Ordinal)).Value;
        long[] comment = [.. CommentedWork().Match(shape).Groups.Values.Skip(1).Select(static group => long.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];
        using JsonDocument report = Json(source);
        JsonElement work = report.RootElement.GetProperty("work");
        long[] counted =
        [
            Number(work, "sourceToken", "projections") + Number(work, "sourceToken", "crossCache"),
            Number(work, "targetToken", "projections") + Number(work, "targetToken", "logits"),
            Number(work, "sourceToken", "attention"),
            Number(work, "targetToken", "attention"),
        ];
        Assert.Equal(comment, counted);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Adds_up(string source)
    {
        using JsonDocument report = Json(source);
        JsonElement root = report.RootElement;
        JsonElement weights = root.GetProperty("weights");
        Dictionary<string, long> memory = root.GetProperty("memory").EnumerateArray().ToDictionary(static line => line.GetProperty("name").GetString()!, static line => Number(line, "bytes"));
        string shape = GeneratorHarness.Generate(source).Single(static file => file.Key.EndsWith(".Shape.g.cs", StringComparison.Ordinal)).Value;
        Assert.Equal(Constant(shape, "WeightBytes"), memory["weights"]);
        Assert.Equal(Constant(shape, "StateBytes"), memory["state"]);
        Assert.Equal(Constant(shape, "StackBytes"), memory["stack"]);
        Assert.Equal(Constant(shape, "BatchBytes"), memory.GetValueOrDefault("batch"));

        long next = 0;
        foreach (JsonElement region in weights.GetProperty("regions").EnumerateArray())
        {
            Assert.Equal(next, Number(region, "offset"));
            Assert.NotEmpty(region.GetProperty("tensors").EnumerateArray());
            next += Number(region, "bytes");
        }

        Assert.Equal(memory["weights"], next);
        Assert.Equal(memory["weights"], weights.GetProperty("types").EnumerateArray().Sum(static total => Number(total, "bytes")));
        Assert.Equal(Number(weights, "tensors"), weights.GetProperty("regions").EnumerateArray().Sum(static region => region.GetProperty("tensors").GetArrayLength()));

        JsonElement[] slots = [.. root.GetProperty("state").GetProperty("slots").EnumerateArray()];
        Assert.All(slots, slot => Assert.InRange(Number(slot, "offset") + Number(slot, "bytes"), 64, memory["state"]));
        Assert.Equal(Number(root, "state", "slotBytes"), slots.Sum(static slot => Number(slot, "bytes")));
        Assert.Contains(slots, static slot => slot.GetProperty("lastPhase").GetString() == "Decode");
        Assert.Contains(slots, static slot => slot.GetProperty("firstPhase").GetString() == "Encode");

        // What a step and a source read is a part of the weights; together they read all but rows of embeddings and positions.
        JsonElement work = root.GetProperty("work");
        Assert.InRange(Number(work, "targetToken", "weightBytes"), 1, memory["weights"]);
        Assert.Equal(Number(work, "targetToken", "bytes"), Number(work, "targetToken", "weightBytes") + Number(work, "targetToken", "cacheBytes"));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Slots_of_the_state_that_overlap_are_never_needed_together(string source)
    {
        using JsonDocument report = Json(source);
        JsonElement[] slots = [.. report.RootElement.GetProperty("state").GetProperty("slots").EnumerateArray()];
        foreach ((JsonElement first, JsonElement second) in slots.SelectMany((first, index) => slots.Skip(index + 1).Select(second => (first, second))))
        {
            bool overlap = Number(first, "offset") < Number(second, "offset") + Number(second, "bytes") && Number(second, "offset") < Number(first, "offset") + Number(first, "bytes");
            bool together = Number(first, "firstUse") <= Number(second, "lastUse") && Number(second, "firstUse") <= Number(first, "lastUse");
            Assert.False(overlap && together, $"{first} {second}");
        }
    }

    [Theory]
    [InlineData("12.8", 12.8)]
    [InlineData(" 5 ", 5)]
    [InlineData("0.01", 0.01)]
    public void Predicts_for_a_given_bandwidth(string property, double gigabytes)
    {
        using JsonDocument report = JsonDocument.Parse(Artifacts.Report(Declarations.Bart, "json", Artifacts.ReportsOn.WithProperty("FormworkReportBandwidth", property)));
        JsonElement bound = Assert.Single(report.RootElement.GetProperty("speedAtMost").GetProperty("memory").EnumerateArray());
        JsonElement work = report.RootElement.GetProperty("work");
        Assert.Equal(gigabytes, bound.GetProperty("gigabytesPerSecond").GetDouble());
        Assert.Equal(gigabytes * 1e9 / Number(work, "targetToken", "weightBytes"), bound.GetProperty("tokensPerSecondCachesEmpty").GetDouble(), 1e-3);
        Assert.Equal(gigabytes * 1e9 / Number(work, "targetToken", "bytes"), bound.GetProperty("tokensPerSecondFullLengths").GetDouble(), 1e-3);
    }

    [Fact]
    public void Predicts_from_operations()
    {
        using JsonDocument report = Json(Declarations.Tiny);
        JsonElement work = report.RootElement.GetProperty("work");
        JsonElement[] bounds = [.. report.RootElement.GetProperty("speedAtMost").GetProperty("arithmetic").EnumerateArray()];
        Assert.Equal(3, bounds.Length);
        Assert.All(bounds, bound =>
        {
            double rate = bound.GetProperty("gigaflopsPerSecond").GetDouble() * 1e9;
            Assert.Equal(rate / (2 * Number(work, "targetToken", "multiplyAdds")), bound.GetProperty("tokensPerSecondFullLengths").GetDouble(), 1e-3);
            Assert.Equal(1000 * 2 * 8 * Number(work, "sourceToken", "multiplyAdds") / rate, bound.GetProperty("sourceMilliseconds").GetDouble(), 1e-4);
        });
    }

    [Theory]
    [InlineData("FormworkReport", "yes", "write true or false")]
    [InlineData("FormworkReport", "1", "write true or false")]
    [InlineData("FormworkReportBandwidth", "fast", "such as 12.8")]
    [InlineData("FormworkReportBandwidth", "12,8", "such as 12.8")]
    [InlineData("FormworkReportBandwidth", "0", "between 0.01 and 100000")]
    [InlineData("FormworkReportBandwidth", "-1", "between 0.01 and 100000")]
    [InlineData("FormworkReportBandwidth", "1e99", "such as 12.8")]
    [InlineData("FormworkReportBandwidth", "99999999999999999999999999999999999999", "such as 12.8")]
    public void A_property_that_cannot_be_read_is_reported_and_leaves_the_model_alone(string property, string value, string remedy)
    {
        BuildInputs inputs = Artifacts.ReportsOn.WithProperty(property, value);
        Diagnostic diagnostic = Assert.Single(GeneratorHarness.Diagnose(Declarations.Tiny, inputs: inputs));
        Assert.Equal("FW0402", diagnostic.Id);
        Assert.Equal(Location.None, diagnostic.Location);
        Assert.Contains($"The property {property} is '{value}'", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains(remedy, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(GeneratorHarness.Generate(Declarations.Tiny), GeneratorHarness.Generate(Declarations.Tiny, inputs));
    }

    [Fact]
    public void A_bandwidth_is_not_looked_at_where_no_report_is_asked_for() =>
        Assert.Empty(GeneratorHarness.Diagnose(Declarations.Tiny, inputs: BuildInputs.None.WithProperty("FormworkReportBandwidth", "fast")));

    [Fact]
    public void A_culture_with_other_number_signs_gives_the_same_text()
    {
        string expected = Artifacts.Report(Declarations.Marian, "md") + Artifacts.Report(Declarations.Marian, "json");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(expected, Artifacts.Report(Declarations.Marian, "md") + Artifacts.Report(Declarations.Marian, "json"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_keyword_as_a_name_keeps_its_sign_out_of_file_names() => Assert.Contains(
        "Samples.class.Artifact.Samples.class.plan.md.g.cs",
        GeneratorHarness.Generate(Declarations.TinyWith("", declaration: "public sealed partial class @class;"), Artifacts.ReportsOn).Keys);

    private static void Verify(string source, string name)
    {
        Snapshot.Verify($"Report#{name}.plan", Artifacts.Report(source, "md"), "md");
        Snapshot.Verify($"Report#{name}.plan", Artifacts.Report(source, "json"), "json");
    }

    private static JsonDocument Json(string source) => JsonDocument.Parse(Artifacts.Report(source, "json"));

    private static long Number(JsonElement element, params string[] path) => path.Aggregate(element, static (inner, name) => inner.GetProperty(name)).GetInt64();

    private static long Constant(string shape, string name) =>
        Regex.Match(shape, $"const (int|long) {name} = ([0-9]+);") is { Success: true } match ? long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("// work +([0-9,]+) multiply-adds a source token, ([0-9,]+) a target token\n// +and for attention over full lengths at most ([0-9,]+) and ([0-9,]+) more")]
    private static partial Regex CommentedWork();
}
