using System.Text.Json;
using Formwork.Generation;

namespace Formwork.Golden.Tests;

/// <summary>
/// Trained models searched under the options of Hugging Face's <c>generate()</c> and of CTranslate2, against double-precision references of both:
/// ids, what each of them adds, sums and scores of every hypothesis.
/// </summary>
public class SearchTests
{
    [SkippableFact]
    public void Words_are_searched_as_the_references_search_them()
    {
        string path = SharedFolder.File("models", "bart-g2p", "model.safetensors");
        using GraphemeToPhonemeBeams model = GraphemeToPhonemeBeams.Load(path);
        SearchGolden golden = new("search-bart-g2p");
        golden.Compare(model.CreateSearch, (source, search) => model.Generate(source, search));
        Assert.True(golden.Compared > 1000);
        Assert.InRange(golden.Excused, 0, 4);
    }

    [Fact]
    public void Sentences_are_searched_as_the_references_search_them()
    {
        string path = Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors");
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(path);
        SearchGolden golden = new("search-translate");
        golden.Compare(model.CreateSearch, (source, search) => model.Generate(source, search));
        Assert.True(golden.Compared > 800);
        Assert.InRange(golden.Excused, 0, 1);
    }

    [Fact]
    public void Sentences_that_are_searched_together_are_searched_the_same()
    {
        string path = Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors");
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(path);
        SearchGolden golden = new("search-translate");
        golden.CompareBatches((sources, options) => model.GenerateBatch(sources, options));
        Assert.True(golden.Compared > 600);
        Assert.InRange(golden.Excused, 0, 1);
    }

    [SkippableFact]
    public void Transliterations_are_searched_as_the_reference_searches_them()
    {
        using TransliterationBeams model = LoadTransliteration();
        SearchGolden golden = new("search-aren-transliteration");
        golden.Compare(model.CreateSearch, (source, search) => model.Generate(source, search));
        Assert.True(golden.Compared > 200);
        Assert.Equal(0, golden.Excused);
    }

    [SkippableFact]
    public void Alternatives_and_their_completions_are_those_of_the_reference()
    {
        using TransliterationBeams model = LoadTransliteration();
        JsonElement[] recorded = new SearchGolden("search-aren-transliteration").Alternatives;
        Assert.True(recorded.Length >= 5);
        foreach (JsonElement golden in recorded)
        {
            // The reference leaves the end token out, as CTranslate2 does: here, a rule does.
            int[] prefix = golden.Ids("prefix");
            GenerationOptions options = new()
            {
                Convention = ScoreConvention.CTranslate2,
                Beams = golden.GetProperty("beams").GetInt32(),
                LengthPenalty = 0,
                MinLength = prefix.Length + 1,
            };
            Alternative[] found = model.Alternatives(golden.Ids("source"), prefix, golden.GetProperty("k").GetInt32(), options);
            JsonElement[] expected = [.. golden.GetProperty("best").EnumerateArray()];
            Assert.Equal(expected.Length, found.Length);
            Assert.All(expected.Zip(found), pair =>
            {
                Assert.Equal(pair.First[0].EnumerateArray().Select(static id => id.GetInt32()), pair.Second.Target.Tokens);
                Assert.Equal(pair.Second.Token, pair.Second.Target.Tokens[prefix.Length]);
                Assert.Equal(pair.First[1].GetDouble(), pair.Second.LogProbability + pair.Second.Target.Sum, 2e-4);
                Assert.Equal(pair.First[2].GetDouble(), Math.Exp(pair.Second.LogProbability), 1e-4);
            });
        }
    }

    [SkippableFact]
    public void A_prefix_is_completed_as_published()
    {
        // The word and its completion are those that CTranslate2's own tests use.
        using TransliterationBeams model = LoadTransliteration();
        string[] letters = File.ReadAllLines(SharedFolder.File("models", "aren-transliteration", "target_vocabulary.txt"));
        string[] sourceLetters = File.ReadAllLines(SharedFolder.File("models", "aren-transliteration", "source_vocabulary.txt"));
        int[] source = [.. "آتزمون".Select(letter => Array.IndexOf(sourceLetters, letter.ToString()))];
        int[] prefix = [.. "ats".Select(letter => Array.IndexOf(letters, letter.ToString()))];
        ScoredTarget[] found = model.Generate(source, new GenerationOptions { Convention = ScoreConvention.CTranslate2, Prefix = prefix });
        Assert.Equal("a t s u m o n </s>", string.Join(' ', found[0].Tokens.Select(id => letters[id])));
    }

    private static TransliterationBeams LoadTransliteration() =>
        TransliterationBeams.Load(SharedFolder.File("models", "aren-transliteration", "model.safetensors"));
}
