using System.Text.Json.Nodes;
using Formwork.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>Each way in which a directory can be unusable gives its own error, which names the file.</summary>
public class PretrainedErrorTests
{
    private const string Config = "tokenizer_config.json";

    public static TheoryData<string, string> NeededFiles => new()
    {
        { "marian", "source.spm" }, { "marian", "target.spm" }, { "marian", "vocab.json" }, { "marian-separate", "target_vocab.json" }, { "t5", "spiece.model" },
        { "pegasus", "spiece.model" }, { "mbart", "sentencepiece.bpe.model" }, { "mbart50", "sentencepiece.bpe.model" }, { "m2m100", "vocab.json" },
        { "m2m100", "sentencepiece.bpe.model" }, { "nllb", "sentencepiece.bpe.model" }, { "bart", "vocab.json" }, { "bart", "merges.txt" },
    };

    [Theory]
    [MemberData(nameof(NeededFiles))]
    public void A_missing_file_is_named(string name, string file)
    {
        using var copy = new PretrainedCopy(name);
        copy.Without(file).Fails(VocabularyLoadError.MissingFile, file);
    }

    [Fact]
    public void A_directory_of_tokenizer_json_alone_is_told_what_to_fetch()
    {
        using var copy = new PretrainedCopy("t5");
        VocabularyLoadException problem = copy.Without("spiece.model").Write("tokenizer.json", "{}").Fails(VocabularyLoadError.MissingFile, "spiece.model");
        Assert.Contains("tokenizer.json alone is not read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_named()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), "formwork-no-such-directory");
        VocabularyLoadException problem = Assert.Throws<VocabularyLoadException>(() => Tokenizer.FromPretrained(nowhere));
        Assert.Equal((VocabularyLoadError.MissingFile, nowhere), (problem.Error, problem.FileName));
        string file = Path.Combine(PretrainedDirectories.Folder, "t5", "config.json");
        Assert.Equal(VocabularyLoadError.MissingFile, Assert.Throws<VocabularyLoadException>(() => Tokenizer.FromPretrained(file)).Error);
        Assert.Throws<ArgumentException>(() => Tokenizer.FromPretrained(""));
        Assert.Throws<ArgumentNullException>(() => Tokenizer.FromPretrained(null!));
    }

    [Theory]
    [InlineData("LlamaTokenizer")]
    [InlineData("WhisperTokenizerFast")]
    [InlineData("")]
    public void An_unknown_kind_is_refused_with_the_known_ones(string kind)
    {
        using var copy = new PretrainedCopy("nllb");
        VocabularyLoadException problem = copy.Set(Config, ("tokenizer_class", kind)).Fails(VocabularyLoadError.UnsupportedTokenizer, Config);
        Assert.Contains("NllbTokenizer", problem.Expected, StringComparison.Ordinal);
        Assert.Contains(kind, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_word_about_the_kind_none_is_guessed()
    {
        using var copy = new PretrainedCopy("mbart");
        copy.Without("config.json").Fails(VocabularyLoadError.MissingFile, Config);
        copy.Write(Config, "{}").Fails(VocabularyLoadError.UnsupportedTokenizer, "config.json");
        copy.Write("config.json", "{\"model_type\":\"whisper\"}").Fails(VocabularyLoadError.UnsupportedTokenizer, "config.json");
    }

    [Theory]
    [InlineData("T5TokenizerFast", null, null)]
    [InlineData(null, "T5Tokenizer", null)]
    [InlineData(null, null, "t5")]
    [InlineData(null, null, "umt5")]
    [InlineData("PreTrainedTokenizerFast", null, "mt5")]
    [InlineData("TokenizersBackend", "T5Tokenizer", "whisper")]
    public void The_kind_is_found_in_the_files_in_turn(string? config, string? model, string? type)
    {
        using var copy = new PretrainedCopy("t5");
        copy.Write(Config, new JsonObject { ["tokenizer_class"] = config }.ToJsonString());
        copy.Write("config.json", new JsonObject { ["tokenizer_class"] = model, ["model_type"] = type }.ToJsonString());
        Assert.Equal(PretrainedDirectories.Get("t5").Encode("two dogs"), copy.Load().Encode("two dogs"));
    }

    [Theory]
    [InlineData("", VocabularyLoadError.Empty)]
    [InlineData("[]", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\"", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": 5}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"\\ud800\"}", VocabularyLoadError.InvalidText)]
    [InlineData("<!DOCTYPE html>", VocabularyLoadError.NotAVocabulary)]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", VocabularyLoadError.NotAVocabulary)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"src_lang\": \"en\"}", VocabularyLoadError.UnknownLanguage)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"tgt_lang\": \"eng_Latin\"}", VocabularyLoadError.UnknownLanguage)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"tgt_lang\": 7}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"legacy_behaviour\": \"yes\"}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"do_lower_case\": true}", VocabularyLoadError.UnsupportedSetting)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"sp_model_kwargs\": {\"enable_sampling\": true, \"alpha\": 0.1}}", VocabularyLoadError.UnsupportedSetting)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"sp_model_kwargs\": {\"reverse\": true}}", VocabularyLoadError.UnsupportedSetting)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"sp_model_kwargs\": []}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"additional_special_tokens\": 3}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"additional_special_tokens\": [3]}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": []}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": {\"-1\": {\"content\": \"x\"}}}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": {\"9\": \"x\"}}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": {\"9\": {\"content\": \"\"}}}", VocabularyLoadError.Malformed)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": {\"2000000000\": {\"content\": \"x\"}}}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": {\"9\": {\"content\": \"no such piece\"}}}", VocabularyLoadError.DuplicateId)]
    [InlineData("{\"tokenizer_class\": \"NllbTokenizer\", \"added_tokens_decoder\": {\"999\": {\"content\": \"x\", \"single_word\": true}}}", VocabularyLoadError.UnsupportedSetting)]
    public void A_wrong_setting_is_refused(string config, VocabularyLoadError error)
    {
        using var copy = new PretrainedCopy("nllb");
        copy.Write(Config, config).Fails(error, Config);
    }

    [Fact]
    public void Settings_that_ask_for_nothing_are_accepted()
    {
        using var copy = new PretrainedCopy("nllb");
        copy.Write(Config, """
            {"tokenizer_class": "NllbTokenizer", "do_lower_case": false, "src_lang": null, "model_max_length": 1e30, "clean_up_tokenization_spaces": true,
             "sp_model_kwargs": {"enable_sampling": false, "nbest_size": -1, "alpha": 0.1, "reverse": false}, "additional_special_tokens": null}
            """);
        Assert.Equal(PretrainedDirectories.Get("nllb").Encode("two dogs"), copy.Load().Encode("two dogs"));
    }

    [Theory]
    [InlineData("{}", VocabularyLoadError.Empty)]
    [InlineData("[]", VocabularyLoadError.NotAVocabulary)]
    [InlineData("{\"a\":0,\"a\":1,\"</s>\":2,\"<unk>\":3}", VocabularyLoadError.DuplicateSymbol)]
    [InlineData("{\"a\":0,\"b\":0,\"</s>\":1,\"<unk>\":2}", VocabularyLoadError.DuplicateId)]
    [InlineData("{\"a\":0,\"</s>\":1,\"<unk>\":3}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\":0,\"</s>\":1,\"<unk>\":2000000000}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\":-1,\"</s>\":1,\"<unk>\":0}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\":0.5,\"</s>\":1,\"<unk>\":0}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"a\":\"0\",\"</s>\":1,\"<unk>\":2}", VocabularyLoadError.Malformed)]
    [InlineData("{\"a\":0,\"</s>\":1}", VocabularyLoadError.MissingToken)]
    [InlineData("{\"a\":0,\"<unk>\":1}", VocabularyLoadError.MissingToken)]
    [InlineData("{\"\\ud800\":0,\"<unk>\":1}", VocabularyLoadError.InvalidText)]
    public void A_wrong_vocabulary_is_refused(string vocabulary, VocabularyLoadError error)
    {
        using var copy = new PretrainedCopy("marian");
        copy.Write("vocab.json", vocabulary).Fails(error, "vocab.json");
    }

    [Theory]
    [InlineData("{\"x\": -1}", VocabularyLoadError.Malformed)]
    [InlineData("{\"x\": \"y\"}", VocabularyLoadError.Malformed)]
    [InlineData("{\"\": 900}", VocabularyLoadError.Malformed)]
    [InlineData("{\"\\ud800\": 900}", VocabularyLoadError.Malformed)]
    [InlineData("{\"x\": 2000000000}", VocabularyLoadError.IdOutOfRange)]
    [InlineData("{\"x\": 12}", VocabularyLoadError.DuplicateId)]
    public void Wrong_added_tokens_are_refused(string added, VocabularyLoadError error)
    {
        foreach (string name in new[] { "mbart50", "bart" })
        {
            using var copy = new PretrainedCopy(name);
            copy.Write("added_tokens.json", added).Fails(error, "added_tokens.json");
        }
    }

    [Fact]
    public void Settings_of_a_kind_are_checked()
    {
        using var t5 = new PretrainedCopy("t5");
        t5.Set(Config, ("extra_ids", 1_000_000)).Fails(VocabularyLoadError.Malformed, Config);
        t5.Set(Config, ("extra_ids", 100), ("add_prefix_space", false)).Fails(VocabularyLoadError.UnsupportedSetting, Config);
        t5.Set(Config, ("add_prefix_space", true), ("eos_token", "<end>")).Fails(VocabularyLoadError.MissingToken, "spiece.model");
        using var pegasus = new PretrainedCopy("pegasus");
        pegasus.Set(Config, ("offset", -1)).Fails(VocabularyLoadError.Malformed, Config);
        using var m2m = new PretrainedCopy("m2m100");
        m2m.Set(Config, ("language_codes", "wmt22")).Fails(VocabularyLoadError.UnsupportedSetting, Config);
        m2m.Set(Config, ("language_codes", "wmt21"), ("src_lang", "fr")).Fails(VocabularyLoadError.UnknownLanguage, Config);
        Assert.Equal(8, m2m.Set(Config, ("src_lang", "is")).Load().Languages.Count);
        m2m.Set(Config, ("pad_token", "<padding>")).Fails(VocabularyLoadError.MissingToken, "vocab.json");
        using var bart = new PretrainedCopy("bart-prefix");
        bart.Set(Config, ("errors", "strict")).Fails(VocabularyLoadError.UnsupportedSetting, Config);
        using var mbart = new PretrainedCopy("mbart");
        mbart.Write("sentencepiece.bpe.model", TestModels.Bytes("bpe-bytes")).Fails(VocabularyLoadError.MissingToken, "sentencepiece.bpe.model");
    }

    [Fact]
    public void Sentinels_are_where_the_files_say()
    {
        using var byt5 = new PretrainedCopy("byt5");
        Assert.Equal([259, 383, 1], byt5.Load().Encode("<extra_id_0><extra_id_124>"));
        byt5.Set("added_tokens.json", [.. Enumerable.Range(0, 125).Select(i => ($"<extra_id_{i}>", (JsonNode?)(383 - i)))]);
        Assert.Equal([383, 259, 1], byt5.Load().Encode("<extra_id_0><extra_id_124>"));
        using var t5 = new PretrainedCopy("t5");
        int count = t5.Load().VocabularySize;
        Assert.Equal([count - 1, count - 100, 1], t5.Load().Encode("<extra_id_0><extra_id_99>"));
        t5.Set("added_tokens.json", [.. Enumerable.Range(0, 100).Select(i => ($"<extra_id_{i}>", (JsonNode?)(count - 100 + i)))]);
        Assert.Equal([count - 100, count - 1, 1], t5.Load().Encode("<extra_id_0><extra_id_99>"));
        Assert.Equal(count, t5.Load().VocabularySize);
    }

    [Fact]
    public void A_damaged_model_is_named()
    {
        using var copy = new PretrainedCopy("marian");
        copy.Write("target.spm", "{}").Fails(VocabularyLoadError.NotAVocabulary, "target.spm");
        copy.Write("target.spm", TestModels.Bytes("char")[..99]).Fails(VocabularyLoadError.Truncated, "target.spm");
    }

    [Fact]
    public void What_a_file_says_cannot_disturb_a_terminal()
    {
        using var copy = new PretrainedCopy("nllb");
        copy.Set(Config, ("tokenizer_class", "\u001b[2J" + new string('x', 500)));
        VocabularyLoadException problem = copy.Fails(VocabularyLoadError.UnsupportedTokenizer, Config);
        Assert.Contains("'\\u001B[2Jxxx", problem.Found, StringComparison.Ordinal);
        Assert.InRange(problem.Found.Length, 50, 120);
    }
}
