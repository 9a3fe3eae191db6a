using System.Text.Json;

namespace Formwork.Golden.Tests;

/// <summary>A real, published OpenNMT model against a double-precision NumPy implementation of the same weights.</summary>
public class TransliterationTests
{
    private const double PublishedScore = -1.06174979;

    [SkippableFact]
    public void The_published_word_has_the_published_score()
    {
        using Transliteration model = Load();
        string[] letters = File.ReadAllLines(SharedFolder.File("models", "aren-transliteration", "target_vocabulary.txt"));
        int[] source = Source("آ ت ز م و ن");
        int[] target = new int[Transliteration.TargetLength];
        int length = model.Generate(source, target);
        Assert.Equal("a t z m o n </s>", string.Join(' ', target[..length].Select(id => letters[id])));
        Assert.Equal(PublishedScore, model.Score(source, target.AsSpan(0, length)).Sum(static value => (double)value), 1e-4);
    }

    [SkippableFact]
    public void Every_recorded_word_has_the_references_ids_and_log_probabilities()
    {
        using Transliteration model = Load();
        int[] target = new int[Transliteration.TargetLength];
        int count = 0;
        foreach (JsonElement word in Golden.Read("aren-transliteration").GetProperty("words").EnumerateArray())
        {
            int[] source = word.Ids("source");
            int[] ids = word.Ids("ids");
            int length = model.Generate(source, target);
            Assert.Equal(ids, target[..length]);
            float[] found = model.Score(source, ids);
            Assert.All(word.Doubles("tokenLogProbs"), (value, position) => Assert.Equal(value, found[position], 2e-4));
            count++;
        }

        Assert.True(count >= 30);
    }

    [SkippableFact]
    public void A_wrong_sinusoid_gives_the_same_letters_and_is_caught_by_the_score()
    {
        using WrongSinusoid model = WrongSinusoid.Load(SharedFolder.File("models", "aren-transliteration", "model.safetensors"));
        string[] letters = File.ReadAllLines(SharedFolder.File("models", "aren-transliteration", "target_vocabulary.txt"));
        int[] source = Source("آ ت ز م و ن");
        int[] target = new int[WrongSinusoid.TargetLength];
        int length = model.Generate(source, target);
        Assert.Equal("a t z m o n </s>", string.Join(' ', target[..length].Select(id => letters[id])));
        double score = model.Score(source, target.AsSpan(0, length)).Sum(static value => (double)value);
        Assert.True(Math.Abs(score - PublishedScore) > 0.01, $"{score}");
    }

    [SkippableFact]
    public void A_model_with_its_state_on_the_stack_gives_the_same_bits()
    {
        string path = SharedFolder.File("models", "aren-transliteration", "model.safetensors");
        Assert.InRange(StackTransliteration.StackBytes, StackTransliteration.StateBytes + 1, 160 * 1024);
        using Transliteration model = Transliteration.Load(path);
        using StackTransliteration onStack = StackTransliteration.Load(path);
        int[] source = Source("آ ت ز م و ن");
        int[] expected = new int[StackTransliteration.TargetLength];
        int[] found = new int[StackTransliteration.TargetLength];
        int length = model.Generate(source, expected);
        Assert.Equal(length, onStack.Generate(source, found));
        Assert.Equal(expected, found);
        Assert.Equal(model.Score(source, expected.AsSpan(0, length)), onStack.Score(source, found.AsSpan(0, length)));
    }

    private static Transliteration Load() => Transliteration.Load(SharedFolder.File("models", "aren-transliteration", "model.safetensors"));

    private static int[] Source(string letters)
    {
        string[] vocabulary = File.ReadAllLines(SharedFolder.File("models", "aren-transliteration", "source_vocabulary.txt"));
        return [.. letters.Split(' ').Select(letter => Array.IndexOf(vocabulary, letter))];
    }
}
