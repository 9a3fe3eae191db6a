using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Formwork.Samples.Tests;

public sealed partial class AttentionTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Long = "A man in a blue shirt and a young woman wearing sunglasses are standing next to a large wooden boat on the beach while three children play in the sand behind them.";

    [Fact]
    public void The_drawing_follows_the_translation_and_names_every_word()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.Run("--show-attention", Cat).Succeeded().Lines;

        Assert.Equal(TranslateProgram.Run(Cat).Lines, lines[..1]);
        string header = lines[2];
        Assert.Equal(["A", "cat", "sits", "on", "a", "mat", ".", "(end)"], header.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string[] words = WordsOf(lines[0]);
        Assert.Equal(words, lines[3..(3 + words.Length)].Select(row => row.Split(' ')[0]));
        Assert.Contains(lines[3..^1], row => Blocks().IsMatch(row));
        Assert.Contains("decoder layer", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_sentence_stays_within_80_columns()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.Run("--show-attention", Long).Worked().Lines;

        Assert.All(lines[1..], line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_layer_asked_for_is_the_layer_drawn()
    {
        TranslateProgram.RequireModel();

        string[] drawings = [.. Enumerable.Range(1, 4).Select(layer => TranslateProgram.Run("--show-attention", "--layer", $"{layer}", Cat).Succeeded().Output)];

        Assert.Equal(4, drawings.Distinct().Count());
        for (int layer = 1; layer <= 4; layer++)
        {
            Assert.Contains($"decoder layer {layer} of 4", drawings[layer - 1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_picture_has_a_cell_for_each_pair_of_words_and_rows_that_sum_to_one()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();

        ProgramResult result = TranslateProgram.Run(Cat, "--attention-svg", folder.File("cat.svg")).Succeeded();
        XDocument picture = XDocument.Load(folder.File("cat.svg"));

        string[] columns = [.. WithClass(picture, "column").Select(element => element.Value)];
        string[] rows = [.. WithClass(picture, "row").Select(element => element.Value)];
        string[] titles = [.. WithClass(picture, "cell").Select(element => element.Value)];
        Assert.Equal(["A", "cat", "sits", "on", "a", "mat", ".", "(end)"], columns);
        Assert.Equal(WordsOf(Assert.Single(result.Lines)), rows);
        Assert.Equal(rows.Length * columns.Length, titles.Length);
        Assert.All(titles.Chunk(columns.Length), row => Assert.InRange(row.Sum(PercentOf), 100 - columns.Length, 100 + columns.Length));
    }

    [Fact]
    public void Several_sentences_share_a_picture()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();

        TranslateProgram.Run(Cat, Long, "", "--attention-svg", folder.File("two.svg")).Worked();

        Assert.Equal(2, WithClass(XDocument.Load(folder.File("two.svg")), "title").Count());
    }

    [Fact]
    public void Text_that_XML_does_not_allow_still_gives_well_formed_XML()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();

        TranslateProgram.Run("<b>\u0001 & \"\u001b[31m\" \uffff 😀 ]]>", "--attention-svg", folder.File("odd.svg")).Worked();

        Assert.NotEmpty(WithClass(XDocument.Load(folder.File("odd.svg")), "cell"));
    }

    /// <summary>The words of a translation as the map has them: punctuation is a word of its own.</summary>
    private static string[] WordsOf(string french) => [.. Words().Matches(french).Select(match => match.Value)];

    private static IEnumerable<XElement> WithClass(XDocument picture, string name) =>
        picture.Descendants().Where(element => (string?)element.Attribute("class") == name);

    private static int PercentOf(string title) => int.Parse(Percent().Match(title).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[\p{L}\p{N}'’-]+|[^\s\p{L}\p{N}]+")]
    private static partial Regex Words();

    [GeneratedRegex("[░▒▓█]")]
    private static partial Regex Blocks();

    [GeneratedRegex(@"(\d+) %$")]
    private static partial Regex Percent();
}
