using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Formwork.Generator.Tests.Config;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Tests.Languages;

/// <summary>The generated <c>Language</c> enumeration: ids from files, or from the rule of the tokeniser's class, or none.</summary>
public partial class LanguageTests
{
    private const string LanguagesFile = "Samples.Tiny.Languages.g.cs";

    /// <summary>Codes of the published NLLB-200 in its own order would be copied text; as many made-up ones do.</summary>
    private static string[] NllbCodes => [.. Enumerable.Range(0, 202).Select(static index => $"{(char)('a' + (index / 26))}{(char)('a' + (index % 26))}a_Latn")];

    [Theory]
    [InlineData("mbart", """{"added_tokens_decoder":{"0":{"content":"<s>"},"11":{"content":"fr_XX","special":true},"7":{"content":"en_XX"},"19":{"content":"<mask>"}}}""", "en_XX = 7", "fr_XX = 11")]
    [InlineData("m2m_100", """{"added_tokens_decoder":{"7":{"content":"eng_Latn"},"8":{"content":"zho_Hans"},"9":{"content":"<mask>"}}}""", "eng_Latn = 7", "zho_Hans = 8")]
    [InlineData("m2m_100", """{"added_tokens_decoder":{"7":{"content":"__is__"},"8":{"content":"__en__"},"9":{"content":"__as__"}}}""", "@is = 7", "en = 8", "@as = 9")]
    [InlineData("mbart", """{"added_tokens_decoder":{"0":{"content":"<s>"}}}""")]
    [InlineData("mbart", """{}""")]
    public void Ids_of_tokenizer_config_are_taken(string modelType, string tokenizer, params string[] members) =>
        Assert.Equal(members, Members(modelType, ("tokenizer_config.json", tokenizer)));

    [Fact]
    public void Ids_of_added_tokens_are_taken()
    {
        const string Added = """{"__fr__":9,"<extra>":3,"__en__":4}""";
        Assert.Equal(["en = 4", "fr = 9"], Members("m2m_100", ("added_tokens.json", Added)));
        Assert.Equal(["en = 4", "de = 5", "fr = 9"], Members("m2m_100", ("added_tokens.json", Added), ("tokenizer_config.json", """{"added_tokens_decoder":{"5":{"content":"__de__"},"4":{"content":"__en__"}}}""")));
        Assert.Contains("Values are token ids, from added_tokens.json.", Text("m2m_100", ("added_tokens.json", Added)), StringComparison.Ordinal);
    }

    [Fact]
    public void Marians_languages_are_those_of_its_vocabulary()
    {
        const string Vocabulary = """{"</s>":0,"<unk>":1,">>fra<<":5,">>pt_BR<<":4,"▁the":2,">>zh-yue<<":6,">><<":7,">>2x<<":8,"<<fra>>":9}""";
        Assert.Equal(["pt_BR = 4", "fra = 5"], Members("marian", ("vocab.json", Vocabulary)));
        Assert.Contains("The token <c>&gt;&gt;fra&lt;&lt;</c>.", Text("marian", ("vocab.json", Vocabulary)), StringComparison.Ordinal);
        Diagnostic told = Assert.Single(Diagnose("marian", ("vocab.json", Vocabulary)));
        Assert.Equal("FW0110", told.Id);
        Assert.Equal("The Language enumeration leaves out what vocab.json has: zh-yue, 2x, which cannot be members of an enumeration", told.GetMessage(null));
    }

    /// <summary>The rules of the classes, at sizes that the published models do not have.</summary>
    [Theory]
    [InlineData("mbart", "special_tokens_map.json", """{"additional_special_tokens":["ar_AR","en_XX"]}""", "ar_AR = 17", "en_XX = 18")]
    [InlineData("mbart", "tokenizer_config.json", """{"additional_special_tokens":[{"content":"fr_XX"},"en_XX"]}""", "fr_XX = 17", "en_XX = 18")]
    [InlineData("m2m_100", "special_tokens_map.json", """{"additional_special_tokens":["__af__","__en__","__zu__"]}""", "af = 9", "en = 10", "zu = 11")]
    [InlineData("m2m_100", "tokenizer_config.json", """{"num_madeup_words":2,"additional_special_tokens":["__af__","__en__"]}""", "af = 16", "en = 17")]
    public void Where_only_the_order_is_known_the_rule_of_the_class_gives_ids(string modelType, string file, string text, params string[] members)
    {
        Assert.Equal(members, Members(modelType, (file, text)));
        Assert.Contains($"Values are token ids, from the order in {file}: ", Text(modelType, (file, text)), StringComparison.Ordinal);
    }

    /// <summary>The published sizes: mBART-25's first code is 250001 and M2M100's is 128004; NLLB's French is 256057.</summary>
    [Theory]
    [InlineData("mbart", 250027, 25, 250001)]
    [InlineData("mbart", 250054, 52, 250001)]
    [InlineData("m2m_100", 128112, 100, 128004)]
    public void The_rules_give_the_published_ids(string modelType, int vocabulary, int count, int first)
    {
        string[] tokens = [.. Enumerable.Range(0, count).Select(index => modelType == "mbart" ? $"{Letters(index)}_XX" : $"__{Letters(index)}__")];
        string[] members = Members(modelType, vocabulary, ("special_tokens_map.json", Map(tokens)));
        Assert.Equal(count, members.Length);
        Assert.EndsWith($" = {first}", members[0], StringComparison.Ordinal);
        Assert.EndsWith($" = {first + count - 1}", members[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void NLLBs_order_is_certain_for_its_published_vocabulary_alone()
    {
        string map = Map(NllbCodes);
        string[] members = Members("m2m_100", 256206, ("special_tokens_map.json", map));
        Assert.Equal($"{NllbCodes[0]} = 256001", members[0]);
        Assert.Equal($"{NllbCodes[56]} = 256057", members[56]);
        Assert.Equal($"{NllbCodes[201]} = 256202", members[201]);

        foreach ((int vocabulary, string[] codes) in new[] { (256208, NllbCodes), (256206, NllbCodes[..^1]) })
        {
            Assert.Empty(Members("m2m_100", vocabulary, ("special_tokens_map.json", Map(codes))));
            Diagnostic told = Assert.Single(Diagnose("m2m_100", vocabulary, ("special_tokens_map.json", Map(codes))));
            Assert.Equal("FW0110", told.Id);
            Assert.Contains($"{codes.Length} codes of additional_special_tokens, whose ids no file says", told.GetMessage(null), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_order_with_other_tokens_among_the_codes_is_not_certain()
    {
        Diagnostic told = Assert.Single(Diagnose("mbart", ("special_tokens_map.json", """{"additional_special_tokens":["en_XX","<mine>"]}""")));
        Assert.Equal("FW0110", told.Id);
        Assert.Empty(Members("mbart", ("special_tokens_map.json", """{"additional_special_tokens":["en_XX","<mine>"]}""")));
        Assert.Empty(Diagnose("mbart", ("special_tokens_map.json", """{"additional_special_tokens":["<mine>"]}""")));
    }

    [Theory]
    [InlineData("mbart", "tokenizer_config.json", """{"added_tokens_decoder":{"20":{"content":"en_XX"}}}""", "\"en_XX\"", "en_XX = 20 of tokenizer_config.json: ids of the model lie between 0 and 19")]
    [InlineData("mbart", "added_tokens.json", """{"en_XX":20}""", "20", "en_XX = 20 of added_tokens.json: ids of the model")]
    [InlineData("mbart", "added_tokens.json", """{"en_XX":-1}""", "-1", "an id from 0")]
    [InlineData("mbart", "added_tokens.json", """{"en_XX":"4"}""", "\"4\"", "an id from 0")]
    [InlineData("mbart", "added_tokens.json", """{"en_XX":4,"fr_XX":4}""", "4", "fr_XX = 4 of added_tokens.json: en_XX of added_tokens.json has that id")]
    [InlineData("mbart", "tokenizer_config.json", """{"added_tokens_decoder":[]}""", "[]", "an object of ids was expected")]
    [InlineData("mbart", "tokenizer_config.json", """{"added_tokens_decoder":{"x":{"content":"en_XX"}}}""", "{\"content\":\"en_XX\"}", "an id, and an object with its content, was expected")]
    [InlineData("mbart", "tokenizer_config.json", """{"added_tokens_decoder":{"4":"en_XX"}}""", "\"en_XX\"", "an id, and an object with its content, was expected")]
    [InlineData("mbart", "special_tokens_map.json", """{"additional_special_tokens":7}""", "7", "a list of tokens was expected")]
    [InlineData("mbart", "special_tokens_map.json", """{"additional_special_tokens":["en_XX",7]}""", "7", "a list of tokens was expected")]
    [InlineData("mbart", "special_tokens_map.json", """{"additional_special_tokens":["en_XX","en_XX"]}""", "[\"en_XX\",\"en_XX\"]", "none of them twice")]
    [InlineData("marian", "vocab.json", """{">>fra<<":20}""", "20", ">>fra<< = 20 of vocab.json: ids of the model lie between 0 and 19")]
    public void An_id_that_cannot_be_meant_is_refused_where_it_stands(string modelType, string file, string text, string place, string message)
    {
        Diagnostic refused = Diagnose(modelType, (file, text)).Single(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("FW0107", refused.Id);
        Assert.Contains(message, refused.GetMessage(null), StringComparison.Ordinal);
        FileLinePositionSpan span = refused.Location.GetLineSpan();
        Assert.Equal("/models/" + file, span.Path);
        Assert.Equal(place, text[span.StartLinePosition.Character..span.EndLinePosition.Character]);
    }

    [Fact]
    public void Files_that_contradict_each_other_are_refused() => Assert.Contains(
        Diagnose("mbart", ("added_tokens.json", """{"en_XX":4}"""), ("tokenizer_config.json", """{"added_tokens_decoder":{"5":{"content":"en_XX"}}}""")),
        static diagnostic => diagnostic.GetMessage(null) == "en_XX = 4 of added_tokens.json: tokenizer_config.json says 5");

    [Theory]
    [InlineData("bart")]
    [InlineData("pegasus")]
    [InlineData("t5")]
    public void A_family_without_languages_looks_at_no_tokeniser(string modelType) =>
        Assert.Empty(Diagnose(modelType, ("tokenizer_config.json", "no json"), ("added_tokens.json", "no json"), ("vocab.json", "no json")));

    [Theory]
    [InlineData("tokenizer_config.json")]
    [InlineData("added_tokens.json")]
    [InlineData("special_tokens_map.json")]
    public void A_file_that_is_no_json_is_refused(string file)
    {
        Diagnostic refused = Assert.Single(Diagnose("mbart", (file, "{")));
        Assert.Equal("FW0202", refused.Id);
        Assert.Contains($"'{file}' cannot be read", refused.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_cannot_be_called_Language()
    {
        string declaration = ConfigFiles.Declare().Replace("Tiny", "Language", StringComparison.Ordinal);
        Assert.Equal("FW0002", Assert.Single(GeneratorHarness.Diagnose(declaration, inputs: Inputs("mbart", 20, ("added_tokens.json", """{"en_XX":4}""")))).Id);
        Assert.Empty(GeneratorHarness.Diagnose(declaration, inputs: Inputs("mbart", 20)));
    }

    [Fact]
    public void What_is_written_compiles_and_its_values_are_the_ids()
    {
        BuildInputs inputs = Inputs("m2m_100", 20, ("added_tokens.json", """{"__is__":7,"__en__":8,"__class__":9,"__value____":10,"__Language__":11}"""));
        GeneratorHarness.Run(GeneratorHarness.Compile(ConfigFiles.Declare()), out Compilation output, out _, inputs);
        Assert.Empty(output.GetDiagnostics().Where(static diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error
            || (diagnostic.Severity == DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath.EndsWith(LanguagesFile, StringComparison.Ordinal) == true)));
        INamedTypeSymbol language = output.GetTypeByMetadataName("Samples.Tiny+Language")!;
        Assert.Equal(SpecialType.System_Int32, language.EnumUnderlyingType!.SpecialType);
        Assert.Equal(
            [("is", 7), ("en", 8), ("class", 9), ("Language", 11)],
            language.GetMembers().OfType<IFieldSymbol>().Select(static field => (field.Name, (int)field.ConstantValue!)));
    }

    [Fact]
    public void No_text_makes_the_generator_fail_or_write_what_does_not_compile()
    {
        const string Json = """{"added_tokens_decoder":{"7":{"content":"en_XX","special":true},"11":{"content":"fr_XX"}},"additional_special_tokens":["en_XX","fr_XX"]}""";
        for (int length = 0; length < Json.Length; length++)
        {
            AssertHandled(Json[..length]);
        }

        var random = new Random(11);
        for (int round = 0; round < 2_000; round++)
        {
            var damaged = new StringBuilder(Json);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                damaged[random.Next(damaged.Length)] = "{}[]\",:0-9_eE\\u\0\n tfn"[random.Next(21)];
            }

            AssertHandled(damaged.ToString());
        }

        static void AssertHandled(string text)
        {
            GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(ConfigFiles.Declare()), out _, out _, Inputs("mbart", 20, ("tokenizer_config.json", text)));
            Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Id == "FW0900");
            Assert.All(
                result.GeneratedSources.Where(static file => file.HintName == LanguagesFile),
                static file => Assert.Empty(CSharpSyntaxTree.ParseText(file.SourceText).GetDiagnostics()));
        }
    }

    private static string Letters(int index) => $"{(char)('a' + (index / 26))}{(char)('a' + (index % 26))}";

    private static string Map(IEnumerable<string> tokens) => new JsonObject { ["additional_special_tokens"] = new JsonArray([.. tokens.Select(static token => JsonValue.Create(token))]) }.ToJsonString();

    private static BuildInputs Inputs(string modelType, int vocabulary, params (string Name, string Text)[] files)
    {
        JsonObject config = ConfigFiles.Of(modelType);
        config["vocab_size"] = vocabulary;
        return files.Aggregate(ConfigFiles.Inputs(config.ToJsonString()), static (inputs, file) => inputs.WithFile("/models/" + file.Name, file.Text));
    }

    private static string Text(string modelType, params (string Name, string Text)[] files) => Text(modelType, 20, files);

    private static string Text(string modelType, int vocabulary, (string Name, string Text)[] files) =>
        GeneratorHarness.Generate(ConfigFiles.Declare(), Inputs(modelType, vocabulary, files)).GetValueOrDefault(LanguagesFile, string.Empty);

    private static string[] Members(string modelType, params (string Name, string Text)[] files) => Members(modelType, 20, files);

    private static string[] Members(string modelType, int vocabulary, params (string Name, string Text)[] files) =>
        [.. Member().Matches(Text(modelType, vocabulary, files)).Select(static match => match.Groups[1].Value)];

    private static Diagnostic[] Diagnose(string modelType, params (string Name, string Text)[] files) => Diagnose(modelType, 20, files);

    private static Diagnostic[] Diagnose(string modelType, int vocabulary, params (string Name, string Text)[] files) =>
        GeneratorHarness.Diagnose(ConfigFiles.Declare(), inputs: Inputs(modelType, vocabulary, files));

    [GeneratedRegex(@"^ +(@?\w+ = \d+),$", RegexOptions.Multiline)]
    private static partial Regex Member();
}
