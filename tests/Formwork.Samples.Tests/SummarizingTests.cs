namespace Formwork.Samples.Tests;

/// <summary>The sample Summarize on models of random weights: what it prints makes no sense, but has to be the same by every way.</summary>
public sealed class SummarizingTests
{
    private const string Text = "Two young men are outside near a bush.\nA man in a blue shirt stands on a ladder and cleans a window. ";

    [Theory]
    [InlineData("t5")]
    [InlineData("bart")]
    public void A_text_gives_a_summary_from_a_file_or_standard_input_with_beams_or_streamed(string kind)
    {
        using SmallModelFolder folder = Folder(kind);
        File.WriteAllText(folder.File("article.txt"), Text);

        string summary = Summary(folder, "--max-length", "12", "--beams", "1");
        Assert.NotEqual("\n", summary);
        Assert.Equal(summary, Summary(folder, "--max-length", "12", "--stream"));
        Assert.Equal(summary, SummarizeProgram.RunSmall("", "--model", folder.Path, "--max-length", "12", "--beams", "1", folder.File("article.txt")).Worked().Output);
        Assert.Equal(summary, Summary(folder, "--max-length", "12", "--stream", "--threads", "2"));
        Assert.NotEqual(summary, Summary(folder, "--max-length", "12", "--beams", "1", "--prefix", "something else: "));
        Assert.NotEmpty(Summary(folder, "--max-length", "12", "--beams", "4"));
        Assert.True(Summary(folder, "--max-length", "3", "--beams", "1").Length < summary.Length);
    }

    [Fact]
    public void A_T5_is_told_its_task_unless_another_prefix_is_given()
    {
        using SmallModelFolder folder = SmallModelFolder.T5();

        // Weights that are drawn hear little of a source; of several short ones some are told apart by it.
        string usual = Summaries(folder);
        Assert.Equal(usual, Summaries(folder, "--prefix", "summarize: "));
        Assert.NotEqual(usual, Summaries(folder, "--prefix", ""));

        static string Summaries(SmallModelFolder folder, params string[] arguments) => string.Concat(new[] { "A man.", "Two dogs", "bush", "a" }
            .Select(text => SummarizeProgram.RunSmall(text, ["--model", folder.Path, "--max-length", "12", .. arguments]).Worked().Output));
    }

    [Fact]
    public void A_long_text_is_summarised_in_parts_and_says_so()
    {
        using SmallModelFolder folder = SmallModelFolder.T5();
        ProgramResult result = SummarizeProgram.RunSmall(string.Concat(Enumerable.Repeat(Text, 60)), "--model", folder.Path, "--max-length", "5").Worked();
        Assert.Contains("longer than the model reads at once (512 tokens)", result.Error, StringComparison.Ordinal);
        Assert.Contains("was cut off at 5 tokens", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n ")]
    public void An_empty_text_has_an_empty_summary(string text)
    {
        using SmallModelFolder folder = SmallModelFolder.T5();
        Assert.Equal([""], SummarizeProgram.RunSmall(text, "--model", folder.Path).Succeeded().Lines);
    }

    [Fact]
    public void A_model_of_other_sizes_is_refused_with_what_to_change()
    {
        using SmallModelFolder folder = SmallModelFolder.T5();
        SummarizeProgram.Run(Text, "--model", folder.Path).RefusedWith("d_model = 16", "compiled for 512", "samples/Summarize/model/t5/config.json");

        string config = File.ReadAllText(folder.Config);
        File.WriteAllText(folder.Config, config.Replace("\"num_heads\": 2", "\"num_heads\": 4", StringComparison.Ordinal));
        SummarizeProgram.RunSmall(Text, "--model", folder.Path).RefusedWith("num_heads = 4", "compiled for 2");

        File.WriteAllText(folder.Config, """{"model_type": "marian"}""");
        SummarizeProgram.RunSmall(Text, "--model", folder.Path).RefusedWith("of type 'marian'");

        File.WriteAllText(folder.Config, "<html>");
        SummarizeProgram.RunSmall(Text, "--model", folder.Path).RefusedWith(folder.Config, "is no JSON");

        File.WriteAllText(folder.Config, "[]");
        SummarizeProgram.RunSmall(Text, "--model", folder.Path).RefusedWith(folder.Config, "no JSON object");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using SmallModelFolder folder = SmallModelFolder.T5();
        SummarizeProgram.RunSmall(Text).RefusedWith("--model is missing");
        SummarizeProgram.RunSmall(Text, "--model", folder.File("nowhere")).RefusedWith(folder.File("nowhere"), "config.json");
        SummarizeProgram.RunSmall("", "--model", folder.Path, folder.File("no.txt")).RefusedWith(folder.File("no.txt"));
        File.Delete(folder.Weights);
        SummarizeProgram.RunSmall(Text, "--model", folder.Path).RefusedWith("has none of model.fw, model.safetensors");
    }

    [Theory]
    [InlineData("--beams 9:", "--beams", "9")]
    [InlineData("--max-length 0:", "--max-length", "0")]
    [InlineData("--max-length many:", "--max-length", "many")]
    [InlineData("--threads -1:", "--threads", "-1")]
    [InlineData("--stream prints", "--stream", "--beams", "2")]
    [InlineData("--colour", "--colour")]
    public void Bad_usage_is_refused_before_anything_is_loaded(string message, params string[] arguments) =>
        SummarizeProgram.RunSmall(Text, ["--model", "no-such-folder", .. arguments]).RefusedWith(message);

    [Fact]
    public void Help_names_every_option()
    {
        ProgramResult result = SummarizeProgram.Run("", "--help").Succeeded();
        Assert.All(["--model", "--stream", "--beams", "--max-length", "--prefix", "--threads"], option => Assert.Contains(option, result.Output, StringComparison.Ordinal));
        Assert.All(result.Lines, static line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    private static SmallModelFolder Folder(string kind) => kind == "t5" ? SmallModelFolder.T5() : SmallModelFolder.Bart();

    private static string Summary(SmallModelFolder folder, params string[] arguments) =>
        SummarizeProgram.RunSmall(Text, ["--model", folder.Path, .. arguments]).Worked().Output;
}
