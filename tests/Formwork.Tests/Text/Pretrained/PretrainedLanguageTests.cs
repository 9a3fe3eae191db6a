using System.Diagnostics.CodeAnalysis;
using Formwork.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>Languages: what the files say, what a program says, and where each puts its mark.</summary>
public class PretrainedLanguageTests
{
    [SuppressMessage("Naming", "CA1707", Justification = "Names of a generated enumeration are codes.")]
    private enum Nllb
    {
        eng_Latn = 747,
        fra_Latn = 757,
        zul_Latn = 902,
        kin_Latn = 759,
    }

    [Theory]
    [InlineData("mbart", 25, "en_XX", null)]
    [InlineData("mbart50", 53, "fr_XX", "en_XX")]
    [InlineData("m2m100", 100, "en", null)]
    [InlineData("nllb", 202, "eng_Latn", null)]
    [InlineData("nllb-legacy", 4, "fra_Latn", null)]
    [InlineData("marian", 3, null, null)]
    [InlineData("marian-separate", 1, null, null)]
    [InlineData("t5", 0, null, null)]
    [InlineData("bart", 0, null, null)]
    public void The_files_say_which_languages_there_are(string name, int count, string? source, string? target)
    {
        Tokenizer tokenizer = PretrainedDirectories.Get(name);
        Assert.Equal(count, tokenizer.Languages.Count);
        Assert.Equal((source, target), (tokenizer.SourceLanguage, tokenizer.TargetLanguage));
        foreach ((string code, int id) in tokenizer.Languages)
        {
            string spelled = name.StartsWith("m2m", StringComparison.Ordinal) ? $"__{code}__" : name.StartsWith("marian", StringComparison.Ordinal) ? $">>{code}<<" : code;
            Assert.True(tokenizer.TryGetId(spelled, out int found));
            Assert.Equal(id, found);
        }
    }

    [Fact]
    public void Published_checkpoints_number_their_languages_so()
    {
        // Of the published models, with as many pieces as they have: 250,000 of mBART's, 256,000 of NLLB's, 128,004 spellings of M2M100's.
        Tokenizer mbart = PretrainedDirectories.Get("mbart50");
        int pieces = mbart.Languages["ar_AR"] - 1;
        Assert.Equal((250_004, 250_008, 250_053), (250_000 + mbart.Languages["en_XX"] - pieces, 250_000 + mbart.Languages["fr_XX"] - pieces, 250_000 + mbart.VocabularySize - 2 - pieces));
        Tokenizer nllb = PretrainedDirectories.Get("nllb");
        pieces = nllb.Languages["ace_Arab"] - 1;
        Assert.Equal((256_047, 256_057, 256_204), (256_000 + nllb.Languages["eng_Latn"] - pieces, 256_000 + nllb.Languages["fra_Latn"] - pieces, 256_000 + nllb.VocabularySize - pieces));
        Tokenizer m2m = PretrainedDirectories.Get("m2m100");
        pieces = m2m.Languages["af"];
        Assert.Equal((128_022, 128_028, 128_112), (128_004 + m2m.Languages["en"] - pieces, 128_004 + m2m.Languages["fr"] - pieces, 128_004 + m2m.VocabularySize - pieces));
    }

    [Theory]
    [InlineData("mbart", "fr_XX", "ro_RO", false, true, false)]
    [InlineData("mbart50", "fr_XX", "ro_RO", true, false, true)]
    [InlineData("m2m100", "fr", "ro", true, false, true)]
    [InlineData("nllb", "fra_Latn", "ron_Latn", true, false, true)]
    [InlineData("nllb-legacy", "fra_Latn", "deu_Latn", false, true, true)]
    public void A_source_names_its_language_and_a_target_begins_with_its_own(string name, string source, string target, bool first, bool last, bool forced)
    {
        Tokenizer tokenizer = PretrainedDirectories.Get(name).WithLanguages(source, target);
        int[] ids = tokenizer.Encode("two");
        int language = tokenizer.Languages[source];
        Assert.Equal((first, last), (ids[0] == language, ids[^1] == language));
        Assert.Equal(tokenizer.EndId, ids[last ? ^2 : ^1]);
        Assert.Equal(forced ? tokenizer.Languages[target] : null, tokenizer.ForcedStart);
        Assert.Equal((source, target), (tokenizer.SourceLanguage, tokenizer.TargetLanguage));
        Assert.Equal("two", tokenizer.Decode(ids));
    }

    [Fact]
    public void A_marian_source_names_the_target_and_a_text_no_longer_does()
    {
        Tokenizer plain = PretrainedDirectories.Get("marian");
        Tokenizer french = plain.WithLanguages("eng", "fra");
        Assert.Equal(plain.Encode(">>fra<<two dogs"), french.Encode("two dogs"));
        Assert.Null(french.ForcedStart);
        int[] ids = french.Encode(">>deu<< two dogs");
        Assert.Equal(plain.Languages["fra"], ids[0]);
        Assert.DoesNotContain(plain.Languages["deu"], ids);
        Assert.Equal(plain.Languages["deu"], plain.Encode(">>deu<< two dogs")[0]);
    }

    [Fact]
    public void Languages_that_are_not_there_are_refused_with_those_that_are()
    {
        Tokenizer nllb = PretrainedDirectories.Get("nllb-legacy");
        UnknownLanguageException problem = Assert.Throws<UnknownLanguageException>("source", () => nllb.WithLanguages("en", "fra_Latn"));
        Assert.Equal("en", problem.Language);
        Assert.Contains("eng_Latn", problem.Message, StringComparison.Ordinal);
        Assert.Throws<UnknownLanguageException>("target", () => nllb.WithLanguages("fra_Latn", "en"));
        Assert.Throws<UnknownLanguageException>("target", () => PretrainedDirectories.Get("marian").WithLanguages("eng", "spa"));
        Assert.Throws<UnknownLanguageException>("source", () => PretrainedDirectories.Get("t5").WithLanguages("en", "fr"));
        Assert.Throws<ArgumentNullException>("target", () => nllb.WithLanguages("fra_Latn", null!));
    }

    [Fact]
    public void An_enumeration_of_the_same_files_chooses_languages()
    {
        Tokenizer nllb = PretrainedDirectories.Get("nllb");
        Tokenizer byName = nllb.WithLanguages(Nllb.zul_Latn, Nllb.fra_Latn);
        Assert.Equal(("zul_Latn", "fra_Latn"), (byName.SourceLanguage, byName.TargetLanguage));
        Assert.Equal(nllb.WithLanguages("zul_Latn", "fra_Latn").Encode("x"), byName.Encode("x"));
    }

    [Fact]
    public void An_enumeration_of_other_files_is_refused()
    {
        Tokenizer nllb = PretrainedDirectories.Get("nllb");
        UnknownLanguageException problem = Assert.Throws<UnknownLanguageException>("target", () => nllb.WithLanguages(Nllb.eng_Latn, Nllb.kin_Latn));
        Assert.Contains("generated from another model's files", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<UnknownLanguageException>("source", () => PretrainedDirectories.Get("mbart").WithLanguages(Nllb.eng_Latn, Nllb.fra_Latn));
        Assert.Contains("generated from another model's files", problem.Message, StringComparison.Ordinal);
        Assert.Throws<UnknownLanguageException>("source", () => nllb.WithLanguages((Nllb)5, Nllb.fra_Latn));
    }

    [Fact]
    public void A_source_without_a_language_that_it_must_name_is_refused()
    {
        using var copy = new PretrainedCopy("nllb-legacy");
        Tokenizer tokenizer = copy.Set("tokenizer_config.json", ("src_lang", null), ("additional_special_tokens", new System.Text.Json.Nodes.JsonArray("deu_Latn", "fra_Latn")))
            .Without("tokenizer.json").Load();
        Assert.Null(tokenizer.SourceLanguage);
        Assert.Contains("WithLanguages", Assert.Throws<InvalidOperationException>(() => tokenizer.Encode("x")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(tokenizer.WithLanguages("deu_Latn", "fra_Latn").Encode("x"));
    }

    [Fact]
    public void A_language_that_was_added_later_keeps_the_others_ids()
    {
        using var copy = new PretrainedCopy("nllb");
        Tokenizer before = PretrainedDirectories.Get("nllb");
        Tokenizer after = copy.Set("added_tokens.json", ("tyv_Cyrl", before.VocabularySize))
            .Set("special_tokens_map.json", ("additional_special_tokens", new System.Text.Json.Nodes.JsonArray([.. before.Languages.OrderBy(static pair => pair.Value).Select(static pair => (System.Text.Json.Nodes.JsonNode)pair.Key), "tyv_Cyrl"])))
            .Load();
        Assert.Equal(before.VocabularySize, after.Languages["tyv_Cyrl"]);
        Assert.Equal(before.VocabularySize + 1, after.VocabularySize);
        Assert.All(before.Languages, pair => Assert.Equal(pair.Value, after.Languages[pair.Key]));
        Assert.Equal(before.TokenOf(before.VocabularySize - 1), after.TokenOf(before.VocabularySize - 1));
    }

    [Fact]
    public void A_language_that_the_files_only_number_is_one()
    {
        using var copy = new PretrainedCopy("mbart50");
        Assert.Equal(PretrainedDirectories.Get("mbart50").Languages, copy.Without("special_tokens_map.json").Load().Languages);
    }
}
