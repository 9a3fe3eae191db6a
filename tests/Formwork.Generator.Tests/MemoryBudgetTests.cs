using System.Globalization;
using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests;

/// <summary>A budget is exact, and what the message proposes fits, while one more does not.</summary>
public partial class MemoryBudgetTests
{
    [Theory]
    [InlineData("SourceLength = 100, TargetLength = 100")]
    [InlineData("SourceLength = 100, TargetLength = 100, MaxBeams = 6, MaxBatch = 5")]
    [InlineData("SourceLength = 64, TargetLength = 300, RecordCrossAttention = true, MaxBatch = 3")]
    public void Every_proposed_change_of_the_state_fits_and_one_more_does_not(string options)
    {
        int proposals = 0;
        for (int budget = 20_000; budget < 2_000_000; budget *= 2)
        {
            string declaration = Declarations.TinyWith($"{options}, StateBudget = {budget}");
            string? message = Message(declaration, "FW0304");
            foreach (Match change in Change().Matches(message?.Split("would fit:").ElementAtOrDefault(1) ?? string.Empty))
            {
                int value = int.Parse(change.Groups[2].Value, CultureInfo.InvariantCulture);
                Assert.Null(Message(With(declaration, change.Groups[1].Value, value), "FW0304"));
                Assert.NotNull(Message(With(declaration, change.Groups[1].Value, value + 1), "FW0304"));
                proposals++;
            }
        }

        Assert.InRange(proposals, 2, 100);
    }

    [Fact]
    public void A_budget_is_kept_to_the_byte()
    {
        using CompiledModels models = new(Declarations.TinyWith("MaxBeams = 2"));
        int state = (int)models.Constant("Samples.Tiny", "StateBytes")!;
        int batch = (int)models.Constant("Samples.Tiny", "BatchBytes")!;
        long weights = (long)models.Constant("Samples.Tiny", "WeightBytes")!;
        Assert.Null(Message(Declarations.TinyWith($"StateBudget = {state}"), "FW0304"));
        Assert.Contains($"The state takes {state} bytes", Message(Declarations.TinyWith($"StateBudget = {state - 1}"), "FW0304"), StringComparison.Ordinal);
        Assert.Null(Message(Declarations.TinyWith($"MaxBeams = 2, StateBudget = {batch}"), "FW0304"));
        Assert.Contains($"The batch takes {batch} bytes", Message(Declarations.TinyWith($"MaxBeams = 2, StateBudget = {batch - 1}"), "FW0304"), StringComparison.Ordinal);
        Assert.Null(Message(Declarations.TinyWith($"WeightBudget = {weights}"), "FW0306"));
        Assert.Contains($"take {weights} bytes", Message(Declarations.TinyWith($"WeightBudget = {weights - 1}"), "FW0306"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_proposed_weight_type_fits()
    {
        string declaration = Declarations.TinyWith("WeightBudget = 14000");
        Match type = WeightTypeName().Match(Message(declaration, "FW0306")!);
        Assert.True(type.Success);
        Assert.Null(Message(Declarations.TinyWith($"WeightBudget = 14000, {type.Groups[1].Value}"), "FW0306"));
    }

    private static string With(string declaration, string name, int value) => declaration.Contains(name + " = ", StringComparison.Ordinal)
        ? Regex.Replace(declaration, name + " = [0-9]+", $"{name} = {value}")
        : declaration.Replace(")]", $", {name} = {value})]", StringComparison.Ordinal);

    private static string? Message(string source, string id)
    {
        GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(source), out _, out _);
        return result.Diagnostics.SingleOrDefault(diagnostic => diagnostic.Id == id)?.GetMessage(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("(MaxBeams|MaxBatch|TargetLength|SourceLength) = ([0-9]+)")]
    private static partial Regex Change();

    [GeneratedRegex("'(Weights = WeightType\\.[A-Za-z0-9]+)'")]
    private static partial Regex WeightTypeName();
}
