using System.Globalization;

namespace Formwork.Samples.Tests;

public sealed class AligningTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Dogs = "Two dogs are running on the beach.";

    [Fact]
    public void The_words_that_belong_together_stand_under_the_translation()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.Run("--align", Dogs).Succeeded().Lines;

        Assert.Equal(2, lines.Length);
        string[] english = Dogs.Split(' ');
        string[] french = lines[0].Split(' ');
        Dictionary<string, string> linked = Pairs(lines[1]).ToDictionary(pair => english[pair.Source], pair => french[pair.Target]);
        Assert.Equal(("Deux", "chiens", "plage."), (linked["Two"], linked["dogs"], linked["beach."]));
    }

    [Fact]
    public void Every_translation_has_its_line_of_pairs_also_an_empty_one()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.RunWithInput($"{Cat}\n\n{Dogs}\n", "--align").Succeeded().Lines;

        Assert.Equal(6, lines.Length);
        Assert.Equal(("", ""), (lines[2], lines[3]));
        Assert.Equal(TranslateProgram.Run("--align", Dogs).Lines, lines[4..]);
        Assert.Equal([lines[0], lines[2], lines[4]], TranslateProgram.RunWithInput($"{Cat}\n\n{Dogs}\n").Lines);
    }

    [Fact]
    public void Words_of_a_text_in_parts_are_counted_through()
    {
        TranslateProgram.RequireModel();
        string text = string.Join(' ', Enumerable.Repeat($"{Cat} {Dogs}", 12));

        string[] lines = TranslateProgram.Run("--align", text).Worked().Lines;

        (int Source, int Target)[] pairs = Pairs(lines[1]);
        Assert.Equal(pairs.Order(), pairs);
        string[] english = text.Split(' ');
        string[] french = lines[0].Split(' ');
        Assert.All(pairs, pair => Assert.True(pair.Source < english.Length && pair.Target < french.Length));
        (int Source, int Target)[] cats = [.. pairs.Where(pair => english[pair.Source] == "cat")];
        Assert.Equal(12, cats.Length);
        Assert.All(cats, pair => Assert.Equal("chat", french[pair.Target]));
    }

    [Fact]
    public void The_layer_and_the_drawing_go_with_it()
    {
        TranslateProgram.RequireModel();

        string[] drawn = TranslateProgram.Run("--align", "--show-attention", Cat).Succeeded().Lines;
        string[] byLayer = [.. Enumerable.Range(1, 4).Select(layer => TranslateProgram.Run("--align", "--layer", $"{layer}", Cat).Succeeded().Lines[1])];

        Assert.Equal([drawn[0], .. drawn[2..]], TranslateProgram.Run("--show-attention", Cat).Lines);
        Assert.Equal(byLayer[3], drawn[1]);
        Assert.NotEqual(byLayer[0], byLayer[3]);
    }

    private static (int Source, int Target)[] Pairs(string line) =>
        [.. line.Split(' ').Select(pair => pair.Split('-')).Select(pair => (Number(pair[0]), Number(pair[1])))];

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
