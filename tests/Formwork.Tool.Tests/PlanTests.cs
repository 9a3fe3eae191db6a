using System.Text.Json;
using Formwork.Tool.Plans;
using Spectre.Console;
using Translate.Sentences;

namespace Formwork.Tool.Tests;

/// <summary><c>plan</c>.</summary>
public sealed class PlanTests
{
    [Fact]
    public void The_report_says_what_the_generated_constants_say()
    {
        JsonElement plan = ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, "--json").Succeeded().Json();
        string markdown = ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration).Succeeded().Output;

        Assert.Equal("Translate.Sentences.EnglishToFrench", plan.GetProperty("model").GetString());
        Assert.StartsWith("# Plan of Translate.Sentences.EnglishToFrench\n\n", markdown, StringComparison.Ordinal);
        Assert.Contains($"packed into {EnglishToFrench.WeightBytes:N0} bytes", markdown, StringComparison.Ordinal);
        Assert.Contains($"{EnglishToFrench.StateBytes:N0}", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("//|", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bandwidth_adds_bounds_to_it()
    {
        string without = ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration).Succeeded().Output;
        string with = ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, "--bandwidth", "12.5").Succeeded().Output;

        Assert.DoesNotContain("12.5", without, StringComparison.Ordinal);
        Assert.Contains("| 12.5 |", with, StringComparison.Ordinal);
        ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, "--bandwidth", "0").FailedWith(2, "--bandwidth").Silent();
        ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, "--bandwidth", "fast").FailedWith(2, "--bandwidth").Silent();
    }

    [Fact]
    public void It_is_written_to_a_file()
    {
        using var folder = new TemporaryFolder();
        string expected = ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration).Succeeded().Output;

        ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, "-o", folder.File("plan.md")).Succeeded().Silent();

        Assert.Equal(expected, File.ReadAllText(folder.File("plan.md")));
        Assert.Equal(["plan.md"], folder.Names);
    }

    [Fact]
    public void A_terminal_gets_headings_and_tables_without_marks()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });

        MarkdownView.Write(console, "# Title\n\nText [red] here.\n\n| a | b |\n| - | -: |\n| long | 1 |\n| x |\n\nEnd\n");

        string[] lines = [.. writer.ToString().Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)];
        Assert.Equal("Title", lines[0]);
        Assert.Equal("Text [red] here.", lines[1]);
        Assert.Equal(["a", "b"], lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["long", "1"], lines[4].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("x", lines[5]);
        Assert.Equal("End", lines[^1]);
    }
}
