using System.Text;
using System.Text.Json.Nodes;
using Formwork.Generator.Parsing.Config;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator.Tests.Config;

/// <summary><c>generation_config.json</c> beside a declaration's <c>config.json</c>, and the default options that come of it.</summary>
public class GenerationConfigTests
{
    private const string DefaultsFile = "Samples.Tiny.Defaults.g.cs";

    public static TheoryData<string> Arguments => new(GenerationFields.Arguments.Select(static argument => argument.Name));

    /// <summary>What one field comes to: <c>generate</c>'s meaning, written as options.</summary>
    [Theory]
    [InlineData("""{"num_beams":4}""", "Beams = 4")]
    [InlineData("""{"num_beams":4,"num_return_sequences":3}""", "Beams = 4", "NBest = 3")]
    [InlineData("""{"num_beams":4,"early_stopping":true}""", "Beams = 4", "EarlyStopping = generation::EarlyStopping.Immediate")]
    [InlineData("""{"num_beams":4,"early_stopping":"never"}""", "Beams = 4", "EarlyStopping = generation::EarlyStopping.Never")]
    [InlineData("""{"early_stopping":false}""")]
    [InlineData("""{"length_penalty":2.0}""", "LengthPenalty = 2f")]
    [InlineData("""{"length_penalty":-0.5}""", "LengthPenalty = -0.5f")]
    [InlineData("""{"length_penalty":1e-7}""", "LengthPenalty = 1E-07f")]
    [InlineData("""{"max_length":5}""", "MaxLength = 4")]
    [InlineData("""{"max_length":9}""")]
    [InlineData("""{"max_new_tokens":5}""", "MaxLength = 5")]
    [InlineData("""{"max_new_tokens":5,"max_length":3}""", "MaxLength = 5")]
    [InlineData("""{"min_length":5}""", "MinLength = 4")]
    [InlineData("""{"min_length":1}""")]
    [InlineData("""{"min_new_tokens":2,"min_length":7}""", "MinLength = 2")]
    [InlineData("""{"repetition_penalty":1.2,"no_repeat_ngram_size":3}""", "RepetitionPenalty = 1.2f", "NoRepeatNgram = 3")]
    [InlineData("""{"suppress_tokens":[1,2],"begin_suppress_tokens":[3]}""", "SuppressedTokens = [1, 2]", "SuppressedAtStart = [3]")]
    [InlineData("""{"suppress_tokens":[],"begin_suppress_tokens":[],"bad_words_ids":[]}""")]
    [InlineData("""{"bad_words_ids":[[1],[2,4]]}""", "SuppressedSequences = [[1], [2, 4]]")]
    [InlineData("""{"bad_words_ids":[[19]]}""")]
    [InlineData("""{"bad_words_ids":[[19],[3],[3,1]]}""", "SuppressedSequences = [[3, 1]]")]
    [InlineData("""{"forced_bos_token_id":4,"forced_eos_token_id":3}""", "ForcedStart = 4", "ForcedEnd = 3")]
    [InlineData("""{"forced_eos_token_id":[3]}""", "ForcedEnd = 3")]
    [InlineData("""{"forced_eos_token_id":[3,4]}""")]
    [InlineData("""{"do_sample":true}""", "Sample = true", "TopK = 50")]
    [InlineData("""{"do_sample":true,"top_k":0,"top_p":0.9,"min_p":0.05,"temperature":0.7,"num_return_sequences":3}""", "NBest = 3", "Sample = true", "Temperature = 0.7f", "TopP = 0.9f", "MinP = 0.05f")]
    [InlineData("""{"do_sample":true,"num_beams":4,"temperature":0.7}""", "Beams = 4")]
    [InlineData("""{"do_sample":true,"early_stopping":true}""", "Sample = true", "TopK = 50")]
    [InlineData("""{"temperature":0.0,"top_k":5,"top_p":0.5,"min_p":0.1}""")]
    [InlineData("""{"num_beams":null,"max_length":null}""")]
    [InlineData("""{}""")]
    public void An_argument_of_generate_has_the_meaning_that_it_has_there(string generation, params string[] options)
    {
        string text = Defaults(generation, "MaxBeams = 8");
        Assert.Equal(options, Written(text));
    }

    [Theory]
    [InlineData("""{"num_beams":4}""", "", "num_beams = 4 (Beams = 1; for more write MaxBeams = 4 in the attribute)")]
    [InlineData("""{"num_beams":4,"num_return_sequences":4}""", "MaxBeams = 2", "num_return_sequences = 4 (NBest = 2, as many as there are beams)", "Beams = 2", "NBest = 2")]
    [InlineData("""{"num_beams":100}""", "MaxBeams = 2", "num_beams = 100 (Beams = 2; for more write MaxBeams = 64 in the attribute)", "Beams = 2")]
    [InlineData("""{"max_length":100}""", "", "max_length = 100 (MaxLength = 8, all the room there is; for more write TargetLength = 99 in the attribute)")]
    [InlineData("""{"min_length":100}""", "", "min_length = 100 (MinLength = 8, the greatest length)", "MinLength = 8")]
    [InlineData("""{"min_length":7,"max_length":5}""", "", "min_length = 7 (MinLength = 4, the greatest length)", "MaxLength = 4", "MinLength = 4")]
    [InlineData("""{"max_length":5,"max_new_tokens":3}""", "", "max_length = 5 (passed over beside max_new_tokens)", "MaxLength = 3")]
    [InlineData("""{"max_length":5}""", "", "max_length = 5 (MaxLength = 4)", "MaxLength = 4")]
    [InlineData("""{"do_sample":true,"num_beams":2}""", "MaxBeams = 2", "do_sample = true (left out: beams are not drawn, and num_beams = 2)", "Beams = 2")]
    [InlineData("""{"do_sample":true}""", "Decoding = DecodingFeatures.Search", "do_sample = true (left out: Decoding lacks DecodingFeatures.Sampling)")]
    [InlineData("""{"temperature":0.7}""", "", "temperature = 0.7 (means nothing where nothing is drawn)")]
    [InlineData("""{"do_sample":true,"early_stopping":true}""", "", "early_stopping = true (means nothing where tokens are drawn)", "Sample = true", "TopK = 50")]
    [InlineData("""{"forced_eos_token_id":[3,4]}""", "", "forced_eos_token_id = [3,4] (left out: one id alone can be forced)")]
    [InlineData("""{"bad_words_ids":[[3]]}""", "", "bad_words_ids = [[3]] (nothing; generate passes over the end token alone)")]
    [InlineData("""{"typical_p":0.9}""", "", "typical_p = 0.9 (no such setting)")]
    [InlineData("""{"max_time":5.0}""", "", "max_time = 5.0 (the caller's loop over Stream, or a CancellationToken)")]
    [InlineData("""{"renormalize_logits":true,"num_beams":2,"no_repeat_ngram_size":2}""", "MaxBeams = 2", "renormalize_logits = true (no such setting)", "Beams = 2", "NoRepeatNgram = 2")]
    public void What_cannot_be_followed_as_it_stands_is_told(string generation, string attribute, string told, params string[] options)
    {
        Diagnostic diagnostic = Assert.Single(Diagnose(generation, attribute));
        Assert.Equal("FW0108", diagnostic.Id);
        Assert.StartsWith("generation_config.json sets defaults of decoding, which DefaultOptions has and Generate follows where it is given them", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("; Generate(source, target) is greedy and takes none: ", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains(told, diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(options, Written(Defaults(generation, attribute)).Order(StringComparer.Ordinal));
    }

    /// <summary>Sums of beams change where a rule takes probability from them, and nowhere else.</summary>
    [Theory]
    [InlineData("""{"renormalize_logits":true}""")]
    [InlineData("""{"renormalize_logits":true,"no_repeat_ngram_size":3}""")]
    [InlineData("""{"renormalize_logits":true,"num_beams":4,"forced_eos_token_id":3,"bad_words_ids":[[19]],"max_length":8}""")]
    [InlineData("""{"renormalize_logits":true,"do_sample":true,"no_repeat_ngram_size":3}""")]
    public void Logits_that_are_normal_already_are_not_told_of(string generation) => Assert.DoesNotContain(
        Diagnose(generation, "MaxBeams = 4"), static diagnostic => diagnostic.GetMessage(null).Contains("renormalize_logits", StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"num_beams":0}""", "0", "num_beams = 0 of generation_config.json: a whole number from 1 was expected")]
    [InlineData("""{"num_beams":-1}""", "-1", "a whole number from 1")]
    [InlineData("""{"num_beams":4.0}""", "4.0", "a whole number from 1")]
    [InlineData("""{"num_beams":"4"}""", "\"4\"", "a whole number from 1")]
    [InlineData("""{"num_beams":99999999999}""", "99999999999", "a whole number from 1")]
    [InlineData("""{"num_return_sequences":2}""", "2", "a search of num_beams = 1 finds at most as many")]
    [InlineData("""{"max_length":1}""", "1", "a whole number from 2")]
    [InlineData("""{"max_new_tokens":0}""", "0", "a whole number from 1")]
    [InlineData("""{"min_length":-1}""", "-1", "a whole number from 0")]
    [InlineData("""{"length_penalty":1e39}""", "1e39", "a finite number")]
    [InlineData("""{"length_penalty":true}""", "true", "a finite number")]
    [InlineData("""{"repetition_penalty":0}""", "0", "a finite number above 0")]
    [InlineData("""{"no_repeat_ngram_size":-3}""", "-3", "a whole number from 0")]
    [InlineData("""{"early_stopping":"always"}""", "\"always\"", "true, false or \"never\"")]
    [InlineData("""{"do_sample":1}""", "1", "true or false")]
    [InlineData("""{"do_sample":true,"temperature":0}""", "0", "a finite number above 0")]
    [InlineData("""{"top_k":-5}""", "-5", "a whole number from 0")]
    [InlineData("""{"top_p":1.5}""", "1.5", "a probability above 0 and at most 1")]
    [InlineData("""{"min_p":-0.1}""", "-0.1", "a share from 0 to 1")]
    [InlineData("""{"suppress_tokens":[1,20]}""", "20", "suppress_tokens = 20 of generation_config.json: a list of ids between 0 and 19")]
    [InlineData("""{"suppress_tokens":7}""", "7", "a list of ids")]
    [InlineData("""{"begin_suppress_tokens":[-1]}""", "-1", "a list of ids")]
    [InlineData("""{"bad_words_ids":[1]}""", "1", "a list of lists of ids")]
    [InlineData("""{"bad_words_ids":[[1],[]]}""", "[]", "none of them empty")]
    [InlineData("""{"bad_words_ids":[[1],[2,99]]}""", "99", "a list of lists of ids between 0 and 19")]
    [InlineData("""{"forced_bos_token_id":20}""", "20", "one id between 0 and 19")]
    [InlineData("""{"forced_bos_token_id":19}""", "19", "it is the padding, which family Marian never produces")]
    [InlineData("""{"forced_bos_token_id":[]}""", "[]", "one id between 0 and 19")]
    [InlineData("""{"forced_eos_token_id":5,"suppress_tokens":[5]}""", "5", "suppress_tokens holds it too")]
    [InlineData("""{"forced_eos_token_id":[3,77]}""", "77", "a list of ids between 0 and 19")]
    [InlineData("""{"eos_token_id":[1,2]}""", "[1,2]", "eos_token_id = [1,2] of generation_config.json: one token id was expected")]
    [InlineData("""{"rope_theta":10000}""", "10000", "rope_theta of generation_config.json: it is no known argument of Hugging Face's generate")]
    public void A_value_that_cannot_be_meant_is_refused_where_it_stands(string generation, string place, string message)
    {
        Diagnostic refused = Assert.Single(Diagnose(generation), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("FW0107", refused.Id);
        Assert.Contains(message, refused.GetMessage(null), StringComparison.Ordinal);
        FileLinePositionSpan span = refused.Location.GetLineSpan();
        Assert.Equal("/models/generation_config.json", span.Path);
        Assert.Equal(place, generation[span.StartLinePosition.Character..span.EndLinePosition.Character]);
    }

    [Theory]
    [InlineData("{\"length_penalty\": NaN}", "a value was expected")]
    [InlineData("[4]", "a JSON object was expected, as Hugging Face's generation_config.json is one")]
    [InlineData("", "the text ends too early")]
    [InlineData("{\"num_beams\": 4, \"num_beams\": 5}", "\"num_beams\" stands there twice")]
    public void A_file_that_is_no_json_is_refused(string generation, string message)
    {
        Diagnostic refused = Assert.Single(Diagnose(generation));
        Assert.Equal("FW0202", refused.Id);
        Assert.Contains($"'generation_config.json' cannot be read, line 1: {message}", refused.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void Every_argument_is_honoured_told_or_refused(string name)
    {
        // An object is no value of any.
        Diagnostic[] found = Diagnose($$"""{"{{name}}":{"nothing":7} }""");
        Assert.Contains(found, diagnostic => diagnostic.GetMessage(null).Contains($"{name} = {{\"nothing\":7}}", StringComparison.Ordinal));

        // What does not matter is said not to, field by field.
        Assert.Empty(Diagnose($$"""{"{{name}}":{"nothing":7} }""", $"IgnoredConfigFields = new[] {{ \"{name}\" }}"));
    }

    [Fact]
    public void Ids_of_the_file_come_before_those_of_the_configuration()
    {
        const string Generation = """{"decoder_start_token_id":4,"eos_token_id":[5],"pad_token_id":19}""";
        string[] told = [.. Diagnose(Generation).Select(static diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage(null)}").Order(StringComparer.Ordinal)];
        Assert.Equal(
            [
                "FW0109 generation_config.json's decoder_start_token_id = 4 overrides decoder_start_token_id = 18 of config.json",
                "FW0109 generation_config.json's eos_token_id = 5 overrides eos_token_id = 3 of config.json",
            ],
            told);
        string text = ConfigFiles.Text(Generate(Generation));
        Assert.Contains("const int StartToken = 4;", text, StringComparison.Ordinal);
        Assert.Contains("const int EndToken = 5;", text, StringComparison.Ordinal);
        Assert.Contains("const int PadToken = 19;", text, StringComparison.Ordinal);

        Diagnostic own = Assert.Single(Diagnose(Generation, "StartToken = 6, EndToken = 5"));
        Assert.Equal("StartToken = 6 overrides decoder_start_token_id = 4 of generation_config.json", own.GetMessage(null));
    }

    [Fact]
    public void Ids_that_the_configuration_lacks_may_stand_in_the_file_alone()
    {
        JsonObject config = ConfigFiles.Marian;
        config["model_type"] = "mbart";
        config.Remove("decoder_start_token_id");
        Assert.Equal("FW0003", Assert.Single(ConfigFiles.Diagnose(config.ToJsonString())).Id);
        Assert.Empty(GeneratorHarness.Diagnose(ConfigFiles.Declare(), inputs: Inputs("""{"decoder_start_token_id":4}""", config)));
    }

    /// <summary>M2M100 counts positions from behind its padding, which is a row of a table rather than a way to decode.</summary>
    [Fact]
    public void The_padding_of_decoding_moves_no_positions()
    {
        JsonObject config = ConfigFiles.Marian;
        config["model_type"] = "m2m_100";
        config["pad_token_id"] = 1;
        string text = ConfigFiles.Text(GeneratorHarness.Generate(ConfigFiles.Declare(), Inputs("""{"pad_token_id":7}""", config)));
        Assert.Contains("const int PadToken = 7;", text, StringComparison.Ordinal);
        Assert.Contains("const int PositionOffset = 2;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_speaks_only_where_there_is_no_such_file()
    {
        JsonObject config = ConfigFiles.Marian;
        config["num_beams"] = 6;
        config["length_penalty"] = 0.5;
        config["max_length"] = 7;
        Assert.Equal(["Beams = 6", "LengthPenalty = 0.5f", "MaxLength = 6"], Written(ConfigFiles.Generate(config.ToJsonString(), "MaxBeams = 8")));
        Assert.Contains("as <c>config.json</c> has it", ConfigFiles.Generate(config.ToJsonString(), "MaxBeams = 8"), StringComparison.Ordinal);

        BuildInputs both = Inputs("""{"num_beams":6,"max_length":5}""", config);
        Assert.Equal(["Beams = 6", "MaxLength = 4"], Written(GeneratorHarness.Generate(ConfigFiles.Declare("MaxBeams = 8"), both)[DefaultsFile]));
        string told = Assert.Single(GeneratorHarness.Diagnose(ConfigFiles.Declare("MaxBeams = 8"), inputs: both)).GetMessage(null);
        Assert.Contains("length_penalty = 0.5 of config.json (passed over beside generation_config.json)", told, StringComparison.Ordinal);
        Assert.Contains("max_length = 7 of config.json (passed over beside generation_config.json)", told, StringComparison.Ordinal);
        Assert.DoesNotContain("num_beams = 6 of config.json", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bart", """{"force_bos_token_to_be_generated":true}""", "ForcedStart = 0")]
    [InlineData("bart", """{"force_bos_token_to_be_generated":true,"bos_token_id":5}""", "ForcedStart = 5")]
    [InlineData("bart", """{"force_bos_token_to_be_generated":true,"forced_bos_token_id":7}""", "ForcedStart = 7")]
    [InlineData("bart", """{"force_bos_token_to_be_generated":false}""")]
    [InlineData("mbart", """{"force_bos_token_to_be_generated":true}""")]
    public void The_old_name_of_a_forced_start_is_BARTs_alone(string modelType, string fields, params string[] options)
    {
        JsonObject config = ConfigFiles.Of(modelType);
        foreach ((string name, JsonNode? value) in JsonNode.Parse(fields)!.AsObject())
        {
            config[name] = value!.DeepClone();
        }

        Assert.Equal(options, Written(ConfigFiles.Generate(config.ToJsonString())));
    }

    [Fact]
    public void Without_a_search_nothing_is_generated_and_the_reason_is_told()
    {
        const string Attribute = "Decoding = DecodingFeatures.Scoring";
        Assert.DoesNotContain(DefaultsFile, Generate("""{"num_beams":4}""", Attribute).Keys);
        Diagnostic told = Assert.Single(Diagnose("""{"num_beams":4}""", Attribute));
        Assert.Equal("generation_config.json sets defaults of decoding, and no DefaultOptions is generated: Decoding lacks DecodingFeatures.Search: num_beams = 4 (Beams)", told.GetMessage(null));
        Assert.Empty(Diagnose("{}", Attribute));
        Assert.Single(Diagnose("""{"num_beams":-4}""", Attribute), static diagnostic => diagnostic.Id == "FW0107");
    }

    [Fact]
    public void A_declaration_by_family_has_none() => Assert.DoesNotContain(DefaultsFile, GeneratorHarness.Generate(Declarations.Tiny).Keys);

    [Fact]
    public void A_class_cannot_be_called_like_the_options()
    {
        string declaration = ConfigFiles.Declare().Replace("Tiny", "DefaultOptions", StringComparison.Ordinal);
        Diagnostic refused = Assert.Single(GeneratorHarness.Diagnose(declaration, inputs: Inputs("{}")));
        Assert.Equal("FW0002", refused.Id);
    }

    [Theory]
    [InlineData("/models/config.json", "/models/generation_config.json", true)]
    [InlineData("/models/config.json", "/models/sub/generation_config.json", false)]
    [InlineData("/models/config.json", "/other/generation_config.json", false)]
    [InlineData("C:\\models\\config.json", "C:\\models\\generation_config.json", true)]
    [InlineData("config.json", "generation_config.json", true)]
    [InlineData("config.json", "other/generation_config.json", false)]
    public void Only_the_file_of_the_same_folder_counts(string config, string path, bool counts)
    {
        BuildInputs inputs = ConfigFiles.Inputs(ConfigFiles.Marian.ToJsonString(), config).WithFile(path, """{"max_new_tokens":3}""");
        Assert.Equal(counts, Written(GeneratorHarness.Generate(ConfigFiles.Declare(), inputs)[DefaultsFile]).Length == 1);
    }

    [Fact]
    public void A_file_that_the_compiler_cannot_read_is_told()
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(ConfigFiles.Declare());
        AdditionalText[] texts = [new InputFile("/models/config.json", ConfigFiles.Marian.ToJsonString(), null), new Unreadable("/models/generation_config.json")];
        Diagnostic told = Assert.Single(GeneratorHarness.Driver(compilation).AddAdditionalTexts([.. texts]).RunGenerators(compilation).GetRunResult().Diagnostics);
        Assert.Equal("'generation_config.json' cannot be used: the compiler could not read it", told.GetMessage(null));
    }

    [Fact]
    public void A_file_name_that_is_no_xml_makes_documentation_all_the_same()
    {
        const string Name = "a&b<c>.json";
        SortedDictionary<string, string> files = GeneratorHarness.Generate(ConfigFiles.Declare(name: Name), ConfigFiles.Inputs(ConfigFiles.Marian.ToJsonString(), "/models/" + Name));
        Assert.Contains("<c>a&amp;b&lt;c&gt;.json</c>", files[DefaultsFile], StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_generator_fail_or_write_what_does_not_compile()
    {
        const string Json = """{"num_beams":4,"max_length":7,"bad_words_ids":[[1,2],[4]],"suppress_tokens":[5],"forced_eos_token_id":3,"length_penalty":2.5,"early_stopping":true,"eos_token_id":3,"do_sample":false}""";
        for (int length = 0; length < Json.Length; length++)
        {
            AssertHandled(Json[..length]);
        }

        var random = new Random(7);
        for (int round = 0; round < 2_000; round++)
        {
            var damaged = new StringBuilder(Json);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                damaged[random.Next(damaged.Length)] = "{}[]\",:0-9.eE\\u\0\n tfn"[random.Next(21)];
            }

            AssertHandled(damaged.ToString());
        }

        static void AssertHandled(string text)
        {
            GeneratorRunResult result = GeneratorHarness.Run(GeneratorHarness.Compile(ConfigFiles.Declare("MaxBeams = 4")), out _, out _, Inputs(text));
            Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Id == "FW0900");
            if (result.GeneratedSources.FirstOrDefault(static file => file.HintName == DefaultsFile) is { SourceText: { } source })
            {
                Assert.Empty(CSharpSyntaxTree.ParseText(source).GetDiagnostics());
                Assert.DoesNotContain(result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            }
            else
            {
                Assert.Contains(result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            }
        }
    }

    private static string[] Written(string text) => [.. text.Split('\n')
        .SkipWhile(static line => !line.Contains("GenerationOptions DefaultOptions", StringComparison.Ordinal))
        .TakeWhile(static line => line != "}")
        .Where(static line => line.Contains(", // ", StringComparison.Ordinal))
        .Select(static line => line[..line.IndexOf(", // ", StringComparison.Ordinal)].Trim())];

    private static BuildInputs Inputs(string generation, JsonObject? config = null) =>
        ConfigFiles.Inputs((config ?? ConfigFiles.Marian).ToJsonString()).WithFile("/models/generation_config.json", generation);

    private static SortedDictionary<string, string> Generate(string generation, string attribute = "") => GeneratorHarness.Generate(ConfigFiles.Declare(attribute), Inputs(generation));

    private static string Defaults(string generation, string attribute = "") => Generate(generation, attribute)[DefaultsFile];

    private static Diagnostic[] Diagnose(string generation, string attribute = "") => GeneratorHarness.Diagnose(ConfigFiles.Declare(attribute), inputs: Inputs(generation));

    private sealed class Unreadable(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => null;
    }
}
