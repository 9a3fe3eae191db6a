namespace Formwork.Samples.Tests;

/// <summary>Beam search, lists of translations and their scores.</summary>
public sealed class SearchingTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Window = "A man in a blue shirt is standing on a ladder cleaning a window.";
    private const string Girl = "A little girl in a red dress is playing with a ball.";

    [Fact]
    public void A_list_has_the_best_translation_first_and_each_one_once()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] list = List("--beam", "4", "--n-best", "3", Window);

        Assert.Equal(3, list.Length);
        Assert.All(list, line => Assert.Equal(0, line.Index));
        Assert.All(list, line => French.AssertLooksFrench(line.Text));
        Assert.Equal(3, list.DistinctBy(line => line.Text).Count());
        Assert.Equal(list.OrderByDescending(line => line.Score), list);
        Assert.All(list, line => Assert.InRange(line.Score, -10, -0.0001));
        Assert.Equal(list[0].Text, Assert.Single(TranslateProgram.Run("--beam", "4", Window).Succeeded().Lines));
    }

    [Fact]
    public void Lists_are_numbered_by_their_text_also_where_it_is_empty()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] list = [.. TranslateProgram.RunWithInput($"{Cat}\n\n{Girl}\n", "--beam", "4", "--n-best", "2").Succeeded().Lines.Select(ScoredLine.OfList)];

        Assert.Equal([0, 0, 1, 2, 2], list.Select(line => line.Index));
        Assert.Equal(new ScoredLine(1, "", 0, null), list[2]);
        Assert.Equal(List("--beam", "4", "--n-best", "2", Girl).Select(line => line with { Index = 2 }), list[3..]);
    }

    [Fact]
    public void A_wider_beam_finds_no_worse_translation_of_these_and_a_better_one_of_some()
    {
        TranslateProgram.RequireModel();
        string[] sentences =
        [
            Window, Girl, "A group of people are standing in front of an igloo.", "A young woman in a colorful dress is selling vegetables at the market.",
            "Several men in hard hats are operating a giant pulley system.", "Two men are at the stove preparing food.",
        ];

        double[] greedy = [.. Scored("1", sentences)];
        double[] wide = [.. Scored("8", sentences)];

        Assert.All(greedy.Zip(wide), pair => Assert.True(pair.Second >= pair.First - 0.0001, $"{pair}"));
        Assert.Contains(greedy.Zip(wide), pair => pair.Second > pair.First + 0.001);

        static IEnumerable<double> Scored(string beams, string[] sentences) =>
            TranslateProgram.Run(["--scores", "--beam", beams, .. sentences]).Succeeded().Lines.Select(line => ScoredLine.OfTabs(line).Score);
    }

    [Fact]
    public void One_beam_is_greedy_translation()
    {
        TranslateProgram.RequireModel();

        Assert.Equal(TranslateProgram.Run(Cat, Window, Girl, "").Output, TranslateProgram.Run("--beam", "1", Cat, Window, Girl, "").Succeeded().Output);
    }

    [Fact]
    public void Scores_follow_the_translation_and_the_mean_is_that_of_the_sum()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.Run("--scores", Window, "", Cat).Succeeded().Lines;

        ScoredLine window = ScoredLine.OfTabs(lines[0]);
        Assert.Equal(Assert.Single(TranslateProgram.Run(Window).Lines), window.Text);
        Assert.Equal("\t0.0000\t0.0000", lines[1]);
        double tokens = window.Sum!.Value / window.Score;
        Assert.InRange(Math.Abs(tokens - Math.Round(tokens)), 0, 0.02);
        Assert.InRange(tokens, window.Text.Split(' ').Length, window.Text.Length);
    }

    [Fact]
    public void A_list_with_scores_has_the_sums_too()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] plain = List("--beam", "4", "--n-best", "4", Girl);
        ScoredLine[] scored = List("--beam", "4", "--n-best", "4", "--scores", Girl);

        Assert.Equal(plain, scored.Select(line => line with { Sum = null }));
        Assert.All(scored, line => Assert.True(line.Sum < line.Score));
    }

    [Fact]
    public void Of_a_long_text_the_best_combinations_of_its_parts_are_listed()
    {
        TranslateProgram.RequireModel();
        string[] sentences = [.. Enumerable.Repeat<string[]>([Cat, Window, Girl], 4).SelectMany(each => each)];
        string text = string.Join(' ', sentences);

        ScoredLine[] list = [.. TranslateProgram.Run("--beam", "4", "--n-best", "4", "--scores", text).Worked().Lines.Select(ScoredLine.OfList)];
        ScoredLine[] parts = [.. TranslateProgram.Run(["--beam", "4", "--n-best", "2", "--scores", .. sentences]).Succeeded().Lines.Select(ScoredLine.OfList)];

        ScoredLine[] best = [.. parts.DistinctBy(line => line.Index)];
        Assert.Equal(4, list.DistinctBy(line => line.Text).Count());
        Assert.Equal(list.OrderByDescending(line => line.Score), list);
        Assert.Equal(string.Join(' ', best.Select(line => line.Text)), list[0].Text);
        Assert.Equal(best.Average(line => line.Score), list[0].Score, 0.0002);
        Assert.Equal(best.Sum(line => line.Sum!.Value), list[0].Sum!.Value, 0.002);

        // The second best of the whole gives way in that part alone where it costs least.
        double least = parts.GroupBy(line => line.Index).Min(part => part.First().Score - part.Last().Score);
        Assert.Equal(best.Average(line => line.Score) - (least / sentences.Length), list[1].Score, 0.0002);
    }

    [Theory]
    [InlineData("--align")]
    [InlineData("--show-attention")]
    [InlineData("--layer", "2", "--align")]
    public void Attention_is_that_of_the_translation_printed(params string[] shown)
    {
        TranslateProgram.RequireModel();
        Assert.Equal(TranslateProgram.Run(Girl, Cat).Output, TranslateProgram.Run("--beam", "4", Girl, Cat).Output);

        string greedy = TranslateProgram.Run([.. shown, Girl, Cat]).Succeeded().Output;

        Assert.Equal(greedy, TranslateProgram.Run([.. shown, "--beam", "4", Girl, Cat]).Succeeded().Output);
        Assert.Equal(greedy, TranslateProgram.Run([.. shown, "--stream", Girl, Cat]).Succeeded().Output);
        Assert.Equal(greedy, TranslateProgram.Run([.. shown, "--prefix", "Un", Girl, Cat]).Succeeded().Output);
    }

    [Theory]
    [InlineData("--beam", "4")]
    [InlineData("--beam", "8", "--n-best", "8")]
    [InlineData("--sample", "--n-best", "10", "--seed", "1")]
    [InlineData("--scores")]
    [InlineData("--prefix", "Un ch")]
    public void Searches_are_timed_and_allocate_nothing(params string[] search)
    {
        TranslateProgram.RequireModel();

        ProgramResult result = TranslateProgram.Run([.. search, "--time", Cat]);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(TranslateProgram.Run([.. search, Cat]).Lines, result.Lines);
        Assert.Matches(@"(?m)^allocated\s+0 bytes", result.Error);
        Assert.Matches(@"[\d.,]+ tokens/s", result.Error);
    }

    private static ScoredLine[] List(params string[] arguments) => [.. TranslateProgram.Run(arguments).Succeeded().Lines.Select(ScoredLine.OfList)];
}
