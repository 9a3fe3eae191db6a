using System.Text.Json;

namespace Formwork.Golden.Tests;

/// <summary>A real, published BART model against a double-precision NumPy implementation of the same weights, on every word of its lexicon sample.</summary>
public class GraphemeToPhonemeTests
{
    private const int Unknown = 3;
    private const double LogProbabilityTolerance = 1e-3;
    private const double LogitTolerance = 2e-4;

    [SkippableFact]
    public void Two_thousand_words_have_the_references_ids_and_log_probabilities()
    {
        using GraphemeToPhoneme model = Load();
        JsonElement golden = Golden.Read("bart-g2p");
        using JsonDocument lexicon = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.File("models", "bart-g2p", "lexicon-sample.json")));
        string graphemes = Alphabet("grapheme_chars");
        string[] words = [.. lexicon.RootElement.EnumerateObject().Select(static entry => entry.Name)];
        Assert.Equal(2000, words.Length);

        // Words in which two ids are within rounding of each other: there, either is right.
        HashSet<int> close = [.. golden.Ids("close")];
        int[] target = new int[GraphemeToPhoneme.TargetLength];
        JsonElement.ArrayEnumerator expected = golden.GetProperty("words").EnumerateArray();
        int index = 0;
        foreach (JsonElement word in expected)
        {
            int[] source = Source(words[index], graphemes);
            int length = model.Generate(source, target);
            int[] ids = word.Ids("ids");
            if (!close.Contains(index))
            {
                Assert.True(target.AsSpan(0, length).SequenceEqual(ids), $"{words[index]}: {string.Join(',', target[..length])}");
            }

            double sum = model.Score(source, ids).Sum(static value => (double)value);
            Assert.True(Math.Abs(word.GetProperty("logProb").GetDouble() - sum) < LogProbabilityTolerance, $"{words[index]}: {sum}");
            index++;
        }

        Assert.Equal(words.Length, index);
        Assert.InRange(close.Count, 0, 5);
    }

    [SkippableTheory]
    [InlineData("hello", "hˈɛlO", -0.061)]
    [InlineData("computer", "kəmpjˈuɾəɹ", null)]
    [InlineData("translation", "tɹænzlˈAʃən", null)]
    public void Known_words_come_out_as_published(string word, string phonemes, double? logProbability)
    {
        using GraphemeToPhoneme model = Load();
        string alphabet = Alphabet("phoneme_chars");
        int[] source = Source(word, Alphabet("grapheme_chars"));
        int[] target = new int[GraphemeToPhoneme.TargetLength];
        int length = model.Generate(source, target);
        Assert.Equal(phonemes, string.Concat(target[..length].Where(static id => id > Unknown).Select(id => alphabet[id])));
        if (logProbability is { } expected)
        {
            Assert.Equal(expected, model.Score(source, target.AsSpan(0, length)).Sum(), 1e-3);
        }
    }

    [SkippableFact]
    public void First_step_logits_equal_the_references()
    {
        using GraphemeToPhoneme model = Load();
        using StateMemory memory = model.CreateState();
        GraphemeToPhoneme.State state = memory;
        string graphemes = Alphabet("grapheme_chars");
        float[] logits = new float[GraphemeToPhoneme.TargetVocabSize];
        foreach (JsonElement word in Golden.Read("bart-g2p").GetProperty("firstStepLogits").EnumerateArray())
        {
            model.Encode(Source(word.GetProperty("word").GetString()!, graphemes), state);
            model.PrecomputeCrossCache(state);
            model.DecodeStep(GraphemeToPhoneme.StartToken, state, logits);
            double[] expected = word.Doubles("logits");
            Assert.All(expected, (value, id) => Assert.Equal(value, logits[id], LogitTolerance));
        }
    }

    private static GraphemeToPhoneme Load() => GraphemeToPhoneme.Load(SharedFolder.File("models", "bart-g2p", "model.safetensors"));

    private static string Alphabet(string name)
    {
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.File("models", "bart-g2p", "config.json")));
        return config.RootElement.GetProperty(name).GetString()!;
    }

    private static int[] Source(string word, string graphemes) =>
        [1, .. word.Select(letter => graphemes.IndexOf(letter, StringComparison.Ordinal) is var id and >= 0 ? id : Unknown), 2];
}
