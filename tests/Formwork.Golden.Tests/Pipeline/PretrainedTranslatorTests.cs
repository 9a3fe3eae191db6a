using System.Text.Json;
using Formwork.Generation;
using Formwork.Pipeline;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Golden.Tests.Pipeline;

/// <summary>Translators that are loaded from directories as models are published in.</summary>
public class PretrainedTranslatorTests
{
    private const string Text = "A cat sits on a mat. Two dogs are running.\n\nA man is sleeping.";

    [Fact]
    public void A_directory_gives_the_recorded_translations()
    {
        using ModelDirectory directory = ModelDirectory.Marian();
        using Translator translator = Translator.Load<ConfiguredEnglishToFrench>(directory.Path, new() { SplitSentences = false });
        Assert.Same(ConfiguredEnglishToFrench.DefaultOptions, translator.Generation);
        foreach (JsonElement sentence in Golden.Read("translate").GetProperty("sentences").EnumerateArray())
        {
            string text = sentence.GetProperty("text").GetString()!;
            string expected = sentence.GetProperty("translation").GetString()!;
            Assert.Equal(expected, translator.Translate(text));
            Assert.Equal(expected, string.Concat(translator.Stream(text)));
        }
    }

    [Fact]
    public void Packed_weights_come_first_then_one_file_then_shards()
    {
        using ModelDirectory directory = ModelDirectory.Marian();
        string expected = Translate(directory);
        string weights = directory.File("model.safetensors");
        using (ConfiguredEnglishToFrench model = ConfiguredEnglishToFrench.Load(weights))
        {
            model.Save(directory.File("model.fw"));
        }

        File.Move(weights, directory.File("model-00001-of-00001.safetensors"));
        WriteIndex(directory);
        File.WriteAllText(weights, "never read");
        Assert.Equal(expected, Translate(directory));

        File.Delete(directory.File("model.fw"));
        Assert.Throws<WeightLoadException>(() => Translate(directory));
        File.Delete(weights);
        Assert.Equal(expected, Translate(directory));

        static string Translate(ModelDirectory directory)
        {
            using Translator translator = Translator.Load<ConfiguredEnglishToFrench>(directory.Path, new() { Threads = 2, Storage = WeightStorage.Copied });
            return translator.Translate(Text);
        }
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        using ModelDirectory directory = ModelDirectory.Marian();
        PipelineException missing = Assert.Throws<PipelineException>(() => Translator.Load<ConfiguredEnglishToFrench>(directory.File("nowhere")));
        Assert.Equal(PipelineError.DirectoryMissing, missing.Error);
        Assert.Contains(directory.File("nowhere"), missing.Message, StringComparison.Ordinal);

        File.Delete(directory.File("vocab.json"));
        Assert.Contains("vocab.json", Assert.Throws<VocabularyLoadException>(() => Translator.Load<ConfiguredEnglishToFrench>(directory.Path)).Message, StringComparison.Ordinal);

        File.Delete(directory.File("model.safetensors"));
        PipelineException weights = Assert.Throws<PipelineException>(() => Translator.Load<ConfiguredEnglishToFrench>(directory.Path));
        Assert.Equal(PipelineError.WeightsMissing, weights.Error);
        Assert.Contains("model.fw, model.safetensors, model.safetensors.index.json", weights.Message, StringComparison.Ordinal);
    }

    /// <summary>Before any weights are read: those in the directory would not fit these declarations either.</summary>
    [Fact]
    public void A_tokeniser_of_another_model_is_refused_with_both_numbers()
    {
        using ModelDirectory directory = ModelDirectory.Marian();
        Refused<TooFewIds>(PipelineError.VocabularyTooLarge, "8000", "7998");
        Refused<OtherEnd>(PipelineError.EndTokenDiffers, "id 0", "EndToken = 3");
        Refused<OtherPad>(PipelineError.PadTokenDiffers, "id 7999", "PadToken = 7");

        void Refused<TModel>(PipelineError error, params string[] words)
            where TModel : IEncoderDecoder<TModel>
        {
            PipelineException refused = Assert.Throws<PipelineException>(() => Translator.Load<TModel>(directory.Path));
            Assert.Equal(error, refused.Error);
            Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
            Assert.Contains(directory.Path, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_language_forces_what_targets_begin_with_and_is_chosen_for_each_call()
    {
        using ModelDirectory directory = ModelDirectory.OfTokenizer("nllb");
        RandomCheckpoint.WriteBart(directory.File("model.safetensors"), 16, 32, ManyLanguages.TargetVocabSize, 0, isM2M100: true);
        using Translator french = Translator.Load<ManyLanguages>(directory.Path, new() { SourceLanguage = "eng_Latn", TargetLanguage = "fra_Latn" });
        var tokenizer = (Tokenizer)french.Tokenizer;
        Assert.Equal(("eng_Latn", "fra_Latn"), (french.SourceLanguage, french.TargetLanguage));
        Assert.Equal(tokenizer.Languages["fra_Latn"], french.Generation.ForcedStart);

        using Translator german = french.WithLanguages("eng_Latn", "deu_Latn");
        Assert.Equal(tokenizer.Languages["deu_Latn"], german.Generation.ForcedStart);
        string[] texts = ["A cat.", "Two dogs are here.\nA man."];
        string[] expected = french.TranslateBatch(texts);
        Assert.NotEqual(expected, german.TranslateBatch(texts));
        Assert.Equal(expected, texts.Select(text => french.Translate(text)));
        Assert.Equal(expected, texts.Select(text => string.Concat(french.Stream(text))));

        // What the model does with the ids, by hand.
        using ManyLanguages model = ManyLanguages.Load(directory.File("model.safetensors"));
        ScoredTarget target = model.Generate(tokenizer.Encode("A cat."), new GenerationOptions { ForcedStart = tokenizer.Languages["fra_Latn"] })[0];
        Assert.Equal(tokenizer.Languages["fra_Latn"], target.Tokens[0]);
        Assert.Equal(tokenizer.Decode(target.Tokens).Trim(), expected[0]);

        // Both share the model, with memory of their own.
        Parallel.For(0, 2, index => Assert.NotNull((index == 0 ? french : german).Translate(texts[1])));
        german.Dispose();
        Assert.Equal(expected[0], french.Translate(texts[0]));
    }

    [Fact]
    public void Languages_that_contradict_the_options_or_are_unknown_are_refused()
    {
        using ModelDirectory directory = ModelDirectory.OfTokenizer("nllb");
        RandomCheckpoint.WriteBart(directory.File("model.safetensors"), 16, 32, ManyLanguages.TargetVocabSize, 0, isM2M100: true);
        TranslatorOptions options = new() { SourceLanguage = "eng_Latn", TargetLanguage = "fra_Latn" };
        PipelineException refused = Assert.Throws<PipelineException>(() => Translator.Load<ManyLanguages>(directory.Path, options with { Generation = new() { ForcedStart = 5 } }));
        Assert.Equal(PipelineError.ForcedStartDiffers, refused.Error);
        Assert.Contains("id 5", refused.Message, StringComparison.Ordinal);
        Assert.Contains("fra_Latn", refused.Message, StringComparison.Ordinal);
        Assert.Throws<UnknownLanguageException>(() => Translator.Load<ManyLanguages>(directory.Path, options with { TargetLanguage = "fr" }));
        using Translator translator = Translator.Load<ManyLanguages>(directory.Path, options);
        Assert.Throws<UnknownLanguageException>(() => translator.WithLanguages("eng_Latn", "fr"));

        using ModelDirectory marian = ModelDirectory.Marian();
        Assert.Equal(PipelineError.Languages, Assert.Throws<PipelineException>(() => Translator.Load<ConfiguredEnglishToFrench>(marian.Path, new() { TargetLanguage = "fr" })).Error);
    }

    [Fact]
    public void A_model_whose_targets_begin_with_their_language_does_not_choose_it_by_itself()
    {
        using ModelDirectory directory = ModelDirectory.OfTokenizer("nllb");
        RandomCheckpoint.WriteBart(directory.File("model.safetensors"), 16, 32, ManyLanguages.TargetVocabSize, 0, isM2M100: true);
        using Translator translator = Translator.Load<ManyLanguages>(directory.Path);
        foreach (Func<string> call in new Func<string>[] { () => translator.Translate("A cat."), () => translator.TranslateBatch(["A cat."])[0], () => string.Concat(translator.Stream("A cat.")) })
        {
            PipelineException refused = Assert.Throws<PipelineException>(call);
            Assert.Equal(PipelineError.Languages, refused.Error);
            Assert.Contains("TargetLanguage", refused.Message, StringComparison.Ordinal);
        }

        using Translator french = translator.WithLanguages("eng_Latn", "fra_Latn");
        int forced = french.Generation.ForcedStart!.Value;
        using Translator byHand = Translator.Load<ManyLanguages>(directory.Path, new() { Generation = new() { ForcedStart = forced } });
        Assert.Equal(french.Translate("A cat."), byHand.Translate("A cat."));
    }

    /// <summary>An mBART-25 is started with the target's language, which no option of a call changes.</summary>
    [Fact]
    public void A_language_that_the_declaration_does_not_start_with_is_refused()
    {
        using ModelDirectory directory = ModelDirectory.OfTokenizer("mbart");
        File.WriteAllText(directory.File("model.safetensors"), "never read");
        PipelineException refused = Assert.Throws<PipelineException>(() => Translator.Load<ToRomanian>(directory.Path, new() { SourceLanguage = "en_XX", TargetLanguage = "fr_XX" }));
        Assert.Equal(PipelineError.StartTokenDiffers, refused.Error);
        Assert.Contains($"StartToken = {Tokenizer.FromPretrained(directory.Path).Languages["fr_XX"]}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("translate into ro_RO", refused.Message, StringComparison.Ordinal);
        Assert.Throws<WeightLoadException>(() => Translator.Load<ToRomanian>(directory.Path, new() { SourceLanguage = "en_XX", TargetLanguage = "ro_RO" }));
    }

    private static void WriteIndex(ModelDirectory directory)
    {
        using SafetensorsFile file = SafetensorsFile.Open(directory.File("model-00001-of-00001.safetensors"));
        Dictionary<string, string> map = file.Tensors.ToDictionary(static tensor => tensor.Name, static _ => "model-00001-of-00001.safetensors");
        File.WriteAllText(directory.File("model.safetensors.index.json"), JsonSerializer.Serialize(new Dictionary<string, object> { ["weight_map"] = map }));
    }
}
