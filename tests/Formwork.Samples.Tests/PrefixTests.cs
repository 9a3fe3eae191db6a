namespace Formwork.Samples.Tests;

/// <summary>Translations that begin with given words, hold given phrases, and the ways to go on.</summary>
public sealed class PrefixTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Window = "A man in a blue shirt is standing on a ladder cleaning a window.";

    [Theory]
    [InlineData("Un homme")]
    [InlineData("Un homme en chemise")]
    [InlineData("Le")]
    [InlineData("Quelqu'un")]
    [InlineData("Une personne")]
    [InlineData("Xyzzy")]
    public void A_translation_begins_with_the_prefix(string prefix)
    {
        TranslateProgram.RequireModel();

        foreach (string[] search in new string[][] { [], ["--beam", "4"], ["--sample", "--seed", "3"], ["--stream"] })
        {
            string line = Assert.Single(TranslateProgram.Run([.. search, "--prefix", prefix, Window]).Worked().Lines);

            Assert.StartsWith(prefix, line, StringComparison.Ordinal);
            Assert.True(line.Length > prefix.Length + 10, line);
        }
    }

    [Theory]
    [InlineData("Un ho", "Un homme ")]
    [InlineData("Un homme en chem", "Un homme en chemise ")]
    [InlineData("Un homme en T-shirt bleu est debout sur une éch", "Un homme en T-shirt bleu est debout sur une échelle")]
    public void The_last_word_of_a_prefix_may_be_a_part_of_one(string prefix, string beginning)
    {
        TranslateProgram.RequireModel();

        Assert.StartsWith(beginning, Assert.Single(TranslateProgram.Run("--prefix", prefix, Window).Succeeded().Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_ends_the_last_word()
    {
        TranslateProgram.RequireModel();

        Assert.StartsWith("Un chat ", Assert.Single(TranslateProgram.Run("--prefix", "Un chat ", Cat).Succeeded().Lines), StringComparison.Ordinal);

        // The text has no word that begins so; the space alone keeps the model from going on with the letters of another.
        Assert.StartsWith("Un ho ", Assert.Single(TranslateProgram.Run("--prefix", "Un ho ", Window).Worked().Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_text_begins_with_the_prefix_and_of_a_long_one_the_first_part_does()
    {
        TranslateProgram.RequireModel();
        string text = string.Join(' ', Enumerable.Repeat(Cat, 20));

        string[] lines = TranslateProgram.Run("--prefix", "Le chat", Cat, "", text).Worked().Lines;

        Assert.StartsWith("Le chat", lines[0], StringComparison.Ordinal);
        Assert.Equal("", lines[1]);
        Assert.Equal(string.Join(' ', Enumerable.Repeat(TranslateProgram.Run(Cat).Lines[0], 19).Prepend(lines[0])), lines[2]);
    }

    [Theory]
    [InlineData("chemise bleue")]
    [InlineData("vitre")]
    [InlineData("chemise", "vitre")]
    [InlineData("Quelqu'un")]
    public void Forced_phrases_appear(params string[] phrases)
    {
        TranslateProgram.RequireModel();
        string plain = Assert.Single(TranslateProgram.Run("--beam", "4", Window).Lines);
        Assert.All(phrases, phrase => Assert.DoesNotContain(phrase, plain, StringComparison.Ordinal));
        string[] options = [.. phrases.SelectMany(phrase => new[] { "--force", phrase })];

        string wide = Assert.Single(TranslateProgram.Run([.. options, "--beam", "4", Window]).Worked().Lines);
        string alone = Assert.Single(TranslateProgram.Run([.. options, Window]).Worked().Lines);
        string drawn = Assert.Single(TranslateProgram.Run([.. options, "--sample", "--seed", "1", Window]).Worked().Lines);

        Assert.All([wide, alone, drawn], line => Assert.All(phrases, phrase => Assert.Contains(phrase, line, StringComparison.Ordinal)));
        French.AssertLooksFrench(wide);
    }

    [Fact]
    public void Alternatives_go_on_differently_and_the_most_probable_comes_first()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] ways = Ways("--alternatives", "5", "--prefix", "Un homme", Window);

        Assert.Equal(5, ways.Length);
        Assert.All(ways, way => Assert.StartsWith("Un homme", way.Text, StringComparison.Ordinal));
        Assert.Equal(5, ways.Select(way => way.Text["Un homme".Length..].Split(' ', 3)[..2]).DistinctBy(words => string.Join(' ', words)).Count());
        Assert.Equal(ways.OrderByDescending(way => way.Score), ways);
        Assert.All(ways, way => Assert.InRange(way.Score, 0.0001, 1));
        Assert.InRange(ways.Sum(way => way.Score), 0.5, 1.0005);
        Assert.Equal(Assert.Single(TranslateProgram.Run("--prefix", "Un homme ", Window).Lines), ways[0].Text);
    }

    [Fact]
    public void Alternatives_of_several_texts_are_numbered()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] ways = [.. TranslateProgram.RunWithInput($"{Cat}\n\n{Window}\n", "--alternatives", "2").Succeeded().Lines.Select(ScoredLine.OfList)];

        Assert.Equal([0, 0, 1, 2, 2], ways.Select(way => way.Index));
        Assert.Equal(new ScoredLine(1, "", 1, null), ways[2]);
        Assert.Equal(ways[0].Text, Assert.Single(TranslateProgram.Run(Cat).Lines));
        Assert.Equal(Ways("--alternatives", "2", Window), ways[3..].Select(way => way with { Index = 0 }));
    }

    [Fact]
    public void Alternatives_are_completed_as_the_search_says()
    {
        TranslateProgram.RequireModel();

        ScoredLine[] ways = Ways("--alternatives", "3", "--beam", "4", "--force", "vitre", Window);

        Assert.Equal(3, ways.Length);
        Assert.All(ways, way => Assert.Contains("vitre", way.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--alternatives", "2")]
    [InlineData("--force", "chat")]
    public void What_belongs_to_one_part_of_a_long_text_is_refused_after_the_texts_before_it(params string[] options)
    {
        TranslateProgram.RequireModel();
        string text = string.Join(' ', Enumerable.Repeat(Cat, 20));

        ProgramResult result = TranslateProgram.RunWithInput($"{Cat}\n{text}\n{Cat}\n", options);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal(TranslateProgram.Run([Cat, .. options]).Succeeded().Lines, result.Lines);
        string line = Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("translate: line 2 ", line, StringComparison.Ordinal);
        Assert.Contains(options[0], line, StringComparison.Ordinal);
    }

    private static ScoredLine[] Ways(params string[] arguments) => [.. TranslateProgram.Run(arguments).Succeeded().Lines.Select(ScoredLine.OfList)];
}
