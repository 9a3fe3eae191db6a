namespace Formwork.Samples.Tests;

public sealed class TranslatingTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Dogs = "Two dogs are running on the beach.";
    private const string Girl = "A little girl in a red dress is playing with a ball.";

    [Fact]
    public void One_sentence_gives_one_line_of_French_and_nothing_else()
    {
        TranslateProgram.RequireModel();

        ProgramResult result = TranslateProgram.Run(Cat).Succeeded();

        French.AssertLooksFrench(Assert.Single(result.Lines));
    }

    [Fact]
    public void The_output_is_UTF8_without_a_mark_and_without_colours()
    {
        TranslateProgram.RequireModel();

        ProgramResult result = TranslateProgram.Run(Cat, "--show-attention").Succeeded();

        Assert.False(result.OutputBytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]));
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public void Several_arguments_give_a_line_each_in_order()
    {
        TranslateProgram.RequireModel();

        string[] together = TranslateProgram.Run(Cat, Dogs, Girl).Succeeded().Lines;

        Assert.Equal(3, together.Length);
        Assert.Equal(Assert.Single(TranslateProgram.Run(Dogs).Succeeded().Lines), together[1]);
        Assert.Equal(3, together.Distinct().Count());
    }

    [Fact]
    public void An_empty_argument_gives_an_empty_line()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.Run("", Cat, "   ").Succeeded().Lines;

        Assert.Equal(3, lines.Length);
        Assert.Equal(("", ""), (lines[0], lines[2]));
        French.AssertLooksFrench(lines[1]);
    }

    [Theory]
    [InlineData("[suggest]")]
    [InlineData("translate")]
    [InlineData("@home a man reads.")]
    [InlineData("- a man reads")]
    [InlineData("-5 degrees")]
    public void What_only_looks_like_an_option_is_a_sentence(string sentence)
    {
        TranslateProgram.RequireModel();

        Assert.Single(TranslateProgram.Run(sentence).Worked().Lines);
    }

    [Fact]
    public void After_two_dashes_everything_is_a_sentence()
    {
        TranslateProgram.RequireModel();

        Assert.Single(TranslateProgram.Run("--", "--layer").Worked().Lines);
    }

    [Fact]
    public void A_model_folder_can_be_named()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();
        folder.CopyModel();

        Assert.Equal(TranslateProgram.Run(Cat).Lines, TranslateProgram.Run("--model", folder.Path, Cat).Succeeded().Lines);
    }

    [Fact]
    public void Without_cross_attention_the_output_does_not_depend_on_the_input()
    {
        TranslateProgram.RequireModel();

        string[] blind = TranslateProgram.Run("--without-cross-attention", Cat, Dogs, Girl).Succeeded().Lines;
        string[] seeing = TranslateProgram.Run(Cat, Dogs, Girl).Succeeded().Lines;

        Assert.Equal(3, blind.Length);
        Assert.Single(blind.Distinct());
        Assert.Equal(3, seeing.Distinct().Count());
    }

    [Fact]
    public void Timing_goes_to_standard_error_and_reports_no_allocation()
    {
        TranslateProgram.RequireModel();

        ProgramResult result = TranslateProgram.Run("--time", Cat);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(TranslateProgram.Run(Cat).Lines, result.Lines);
        Assert.Matches(@"(?m)^allocated\s+0 bytes", result.Error);
        Assert.Matches(@"(?m)^encode\s+[\d.,]+ ms", result.Error);
        Assert.Matches(@"[\d.,]+ ms a token", result.Error);
        Assert.Matches(@"[\d.,]+ tokens/s", result.Error);
        Assert.Matches(@"(?m)^kernels\s+(Avx512|Avx2|Vector128)", result.Error);
    }

    [Fact]
    public void The_version_is_printed() => Assert.Matches(@"^\d+\.\d+\.\d+", TranslateProgram.Run("--version").Succeeded().Output);

    [Fact]
    public void Help_names_every_option_and_what_the_default_layer_is()
    {
        ProgramResult result = TranslateProgram.Run("--help").Succeeded();

        string[] options =
        [
            "--beam", "--n-best", "--scores", "--alternatives", "--prefix", "--force", "--sample", "--temperature", "--top-k", "--top-p", "--seed", "--stream",
            "--show-attention", "--attention-svg", "--align", "--layer", "--without-cross-attention", "--time", "--model",
        ];
        Assert.All(options, option => Assert.Contains(option, result.Output, StringComparison.Ordinal));
        Assert.Contains("mutual", result.Output, StringComparison.Ordinal);
        Assert.Contains(" ||| ", result.Output, StringComparison.Ordinal);
        Assert.All(result.Lines, line => Assert.True(line.TrimEnd().Length <= 80, line));
    }
}
