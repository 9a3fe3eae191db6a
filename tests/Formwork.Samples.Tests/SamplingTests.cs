namespace Formwork.Samples.Tests;

public sealed class SamplingTests
{
    private const string Window = "A man in a blue shirt is standing on a ladder cleaning a window.";
    private const string Girl = "A little girl in a red dress is playing with a ball.";

    [Fact]
    public void The_same_seed_gives_the_same_text_and_another_seed_another()
    {
        TranslateProgram.RequireModel();

        string[] texts = [.. Enumerable.Range(0, 5).Select(seed => TranslateProgram.Run("--sample", "--seed", $"{seed}", Window, Girl).Worked().Output)];

        Assert.Equal(texts[3], TranslateProgram.Run("--sample", "--seed", "3", Window, Girl).Worked().Output);
        Assert.InRange(texts.Distinct().Count(), 3, 5);
    }

    [Fact]
    public void Without_a_seed_each_run_draws_anew()
    {
        TranslateProgram.RequireModel();

        string[] texts = [.. Enumerable.Range(0, 5).Select(_ => TranslateProgram.Run("--sample", "--temperature", "2", Window, Girl).Worked().Output)];

        Assert.True(texts.Distinct().Count() > 1, texts[0]);
    }

    [Theory]
    [InlineData("--top-k", "1")]
    [InlineData("--top-p", "0.0001")]
    [InlineData("--temperature", "0.01")]
    public void Sampling_from_the_most_probable_piece_alone_is_greedy_translation(params string[] options)
    {
        TranslateProgram.RequireModel();

        Assert.Equal(TranslateProgram.Run(Window, Girl).Output, TranslateProgram.Run(["--sample", "--seed", "5", .. options, Window, Girl]).Succeeded().Output);
    }

    [Fact]
    public void A_list_of_samples_may_be_longer_than_any_beam_and_a_text_does_not_depend_on_its_neighbours()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] both = [.. TranslateProgram.Run("--sample", "--seed", "7", "--n-best", "20", Girl, Window).Worked().Lines.Select(ScoredLine.OfList)];
        ScoredLine[] window = [.. TranslateProgram.Run("--sample", "--seed", "7", "--n-best", "20", Window).Worked().Lines.Select(ScoredLine.OfList)];

        Assert.Equal(40, both.Length);
        Assert.Equal(window, both[20..].Select(line => line with { Index = 0 }));
        Assert.Equal(window.OrderByDescending(line => line.Score), window);
        Assert.True(window.DistinctBy(line => line.Text).Count() > 5);
    }

    [Fact]
    public void Of_a_long_text_as_many_samples_are_listed()
    {
        TranslateProgram.RequireModel();
        string text = string.Join(' ', Enumerable.Repeat($"{Window} {Girl}", 5));

        ScoredLine[] samples = [.. TranslateProgram.Run("--sample", "--seed", "7", "--n-best", "3", text).Worked().Lines.Select(ScoredLine.OfList)];

        Assert.Equal(3, samples.DistinctBy(line => line.Text).Count());
        Assert.Equal(samples.OrderByDescending(line => line.Score), samples);
    }
}
