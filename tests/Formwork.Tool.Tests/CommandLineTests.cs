namespace Formwork.Tool.Tests;

/// <summary>Arguments, help, and interruption.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] Commands = ["inspect", "manifest", "pack", "quantize", "plan"];

    [Fact]
    public void Help_lists_the_commands_the_options_and_the_exit_codes()
    {
        string help = ToolRun.Run("--help").Succeeded().Output;

        Assert.All(Commands, command => Assert.Contains($"  {command}", help, StringComparison.Ordinal));
        Assert.Contains("130 interrupted", help, StringComparison.Ordinal);
        Assert.All(Commands, command => Assert.Contains("--json", ToolRun.Run(command, "--help").Succeeded().Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Required command")]
    [InlineData("'melt'", "melt")]
    [InlineData("'inspect'", "inspect")]
    [InlineData("--fast", "inspect", "a", "--fast")]
    [InlineData("'shape'", "inspect", "a", "--sort", "shape")]
    [InlineData("--output", "pack", "a")]
    [InlineData("'-o'", "pack", "a", "-o")]
    [InlineData("--bandwidth", "plan", "--bandwidth", "x")]
    public void Arguments_that_make_no_sense_are_refused_in_one_line(string word, params string[] arguments) =>
        ToolRun.Run(arguments).FailedWith(2, word, "--help").Silent();

    [Fact]
    public void A_name_that_begins_like_a_response_file_is_a_name() =>
        ToolRun.Run("inspect", "@none.safetensors").FailedWith(2, "'@none.safetensors'", "no such file").Silent();

    [Fact]
    public void What_is_interrupted_has_its_own_exit_code_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        string output = folder.File("output");
        string[][] all =
        [
            ["inspect", TestModels.Sample],
            ["manifest", TestModels.Sample, "-o", output],
            ["pack", TestModels.Sample, "--declaration", TestModels.SampleDeclaration, "-o", output],
            ["quantize", TestModels.Sample, "--type", "int4"],
            ["quantize", TestModels.Sample, "--type", "int4", "--declaration", TestModels.SampleDeclaration, "-o", output],
            ["plan", "--declaration", TestModels.SampleDeclaration, "-o", output],
        ];

        Assert.All(all, arguments => ToolRun.Run(new CancellationToken(canceled: true), arguments).FailedWith(130, "interrupted").Silent());
        Assert.Empty(folder.Names);
    }
}
