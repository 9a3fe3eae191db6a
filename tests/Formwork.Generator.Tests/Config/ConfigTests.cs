using System.Text.Json.Nodes;
using Formwork.Generator.Parsing.Config;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests.Config;

/// <summary>A declaration by <c>config.json</c>: every field is honoured, known not to matter, or refused by name.</summary>
public class ConfigTests
{
    /// <summary>Every field of every schema, but the one that picks it.</summary>
    public static TheoryData<string, string> Fields
    {
        get
        {
            var fields = new TheoryData<string, string>();
            foreach (ConfigSchema schema in ConfigSchema.All)
            {
                foreach (string name in schema.Fields.Select(static known => known.Name).Where(static name => name != "model_type"))
                {
                    fields.Add(schema.ModelType, name);
                }
            }

            return fields;
        }
    }

    [Fact]
    public void A_trained_models_own_file_gives_what_its_written_declaration_gives()
    {
        string config = File.ReadAllText(Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "config.json"));
        string written = ConfigFiles.Text(GeneratorHarness.Generate("""
            using Formwork;
            namespace Samples;
            [Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
                Activation = ActivationFunction.Relu, VocabSize = 8000, SourceLength = 128, TargetLength = 128, MaxBeams = 8)]
            public sealed partial class Tiny;
            """));
        Assert.Equal(written, ConfigFiles.GenerateModel(config, "MaxBeams = 8"));
    }

    [SkippableFact]
    public void A_published_models_file_gives_what_its_written_declaration_gives()
    {
        string path = SharedFolder.File("models", "bart-g2p", "config.json");
        string written = ConfigFiles.Text(GeneratorHarness.Generate("""
            using Formwork;
            namespace Samples;
            [Transformer(Family.Bart, ModelDim = 128, Heads = 1, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 1024,
                VocabSize = 63, SourceLength = 64, TargetLength = 64, MaxPositions = 64, StartToken = 1, EndToken = 2, PadToken = 0)]
            public sealed partial class Tiny;
            """));
        string config = File.ReadAllText(path);
        Assert.Equal(written, ConfigFiles.GenerateModel(config, "IgnoredConfigFields = new[] { \"grapheme_chars\", \"phoneme_chars\" }"));
        Diagnostic[] refused = ConfigFiles.Diagnose(config);
        Assert.Equal(["grapheme_chars", "phoneme_chars"], refused.Where(static diagnostic => diagnostic.Id == "FW0107").Select(static diagnostic => diagnostic.GetMessage(null).Split(' ')[0]));
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_has_the_effect_that_its_kind_promises(string modelType, string name)
    {
        JsonObject config = ConfigFiles.Of(modelType);
        ConfigField field = ConfigSchema.All.Single(schema => schema.ModelType == modelType).Fields.Single(field => field.Name == name);
        if (name == "tie_word_embeddings")
        {
            // Where it is there, this field has the last word on what that one says.
            config.Remove("scale_decoder_outputs");
        }

        string before = ConfigFiles.Generate(config.ToJsonString());
        switch (field)
        {
            case OptionField option:
                config[name] = Other(option, config[name]);
                Diagnostic[] reported = ConfigFiles.Diagnose(config.ToJsonString());
                if (!reported.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                {
                    Assert.NotEqual(before, ConfigFiles.Generate(config.ToJsonString()));
                }

                // Something of the wrong type is refused where it stands.
                config[name] = new JsonObject();
                AssertRefused(config, name);
                break;
            case FixedField expected:
                config[name] = JsonNode.Parse(expected.Value);
                Assert.Equal(before, ConfigFiles.Generate(config.ToJsonString()));
                config[name] = expected.Value switch { "true" => false, "false" => true, _ => 7 };
                AssertRefused(config, name);
                break;
            case DecodingField setting:
                foreach (string neutral in setting.Neutral)
                {
                    config[name] = JsonNode.Parse(neutral);
                    Assert.Empty(ConfigFiles.Diagnose(config.ToJsonString()));
                    Assert.Equal(before, ConfigFiles.Generate(config.ToJsonString()));
                }

                // Nothing is passed over in silence: what is set is named, and what cannot be meant is refused.
                config[name] = JsonNode.Parse("{\"nothing\":7}");
                Diagnostic told = Assert.Single(ConfigFiles.Diagnose(config.ToJsonString()));
                Assert.Contains(told.Id, new[] { "FW0107", "FW0108" });
                Assert.Contains($"{name} = {{\"nothing\":7}}", told.GetMessage(null), StringComparison.Ordinal);
                break;
            default:
                config[name] = 7;
                Assert.Equal(before, ConfigFiles.Generate(config.ToJsonString()));
                Assert.Empty(ConfigFiles.Diagnose(config.ToJsonString()));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_that_is_null_counts_as_absent(string modelType, string name)
    {
        JsonObject absent = ConfigFiles.Of(modelType);
        absent.Remove(name);
        JsonObject config = ConfigFiles.Of(modelType);
        config[name] = null;
        Assert.Equal(Told(absent), Told(config));

        static string[] Told(JsonObject config) => [.. ConfigFiles.Diagnose(config.ToJsonString()).Select(static diagnostic => diagnostic.GetMessage(null))];
    }

    [Theory]
    [InlineData("marian", "d_model", "ModelDim = …")]
    [InlineData("marian", "activation_function", "Activation = …")]
    [InlineData("marian", "pad_token_id", "PadToken = …")]
    [InlineData("bart", "max_position_embeddings", "SourceLength = …")]
    public void A_field_without_a_default_is_asked_for(string modelType, string name, string option)
    {
        JsonObject config = ConfigFiles.Of(modelType);
        config.Remove(name);
        Diagnostic diagnostic = ConfigFiles.Diagnose(config.ToJsonString()).First();
        Assert.Equal("FW0003", diagnostic.Id);
        Assert.Contains($"'{option}'", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains($"config.json has no {name}", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void The_attribute_overrides_the_file_and_says_so()
    {
        string config = ConfigFiles.Marian.ToJsonString();
        Diagnostic[] told = ConfigFiles.Diagnose(config, "Activation = ActivationFunction.Silu, FeedForwardDim = 64, SourceLength = 4, EndToken = 3");
        Assert.Equal(
            [
                "Activation = ActivationFunction.Silu overrides activation_function = \"relu\" of config.json",
                "FeedForwardDim = 64 overrides decoder_ffn_dim = 48 of config.json",
                "FeedForwardDim = 64 overrides encoder_ffn_dim = 32 of config.json",
            ],
            told.Select(static diagnostic => diagnostic.GetMessage(null)).Order(StringComparer.Ordinal));
        Assert.All(told, static diagnostic => Assert.Equal("FW0109", diagnostic.Id));
        string text = ConfigFiles.Generate(config, "FeedForwardDim = 64, SourceLength = 4");
        Assert.Contains("const int FeedForwardDim = 64", text, StringComparison.Ordinal);
        Assert.Contains("const int SourceLength = 4", text, StringComparison.Ordinal);
        Assert.Contains("const int TargetLength = 8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_about_a_field_points_at_it()
    {
        JsonObject config = ConfigFiles.Marian;
        config["encoder_attention_heads"] = 3;
        string text = config.ToJsonString(new() { WriteIndented = true });
        Diagnostic diagnostic = Assert.Single(ConfigFiles.Diagnose(text));
        Assert.Equal("FW0101", diagnostic.Id);
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        Assert.Equal("/models/config.json", place.Path);
        Assert.Equal("3", text.Split('\n')[place.StartLinePosition.Line][place.StartLinePosition.Character..place.EndLinePosition.Character]);
    }

    [Theory]
    [InlineData("umt5")]
    [InlineData("whisper")]
    public void A_family_that_is_not_generated_is_refused_with_those_that_are(string modelType)
    {
        JsonObject config = ConfigFiles.Marian;
        config["model_type"] = modelType;
        Diagnostic diagnostic = Assert.Single(ConfigFiles.Diagnose(config.ToJsonString()));
        Assert.Equal("FW0107", diagnostic.Id);
        Assert.Contains($"model_type \"{modelType}\" of config.json: the families that are generated are marian, bart, mbart, pegasus, m2m_100, t5, mt5", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_field_is_refused_by_name_unless_it_is_said_not_to_matter()
    {
        JsonObject config = ConfigFiles.Marian;
        config["rope_theta"] = 10000;
        AssertRefused(config, "rope_theta");
        Assert.Empty(ConfigFiles.Diagnose(config.ToJsonString(), "IgnoredConfigFields = new[] { \"rope_theta\" }"));
    }

    private static void AssertRefused(JsonObject config, string name)
    {
        Diagnostic diagnostic = Assert.Single(ConfigFiles.Diagnose(config.ToJsonString()), diagnostic => diagnostic.Id == "FW0107");
        Assert.StartsWith(name + " ", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("config.json", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal("/models/config.json", diagnostic.Location.GetLineSpan().Path);
    }

    private static JsonNode Other(OptionField field, JsonNode? value) => field.Kind switch
    {
        FieldKind.Number => (value?.GetValue<int>() ?? (int?)field.Absent ?? 16) * 2,
        FieldKind.Id => ((value?.GetValue<int>() ?? (int?)field.Absent ?? 2) + 5) % 18,
        FieldKind.Flag => !(value?.GetValue<bool>() ?? (bool)field.Absent!),
        FieldKind.Fraction => 0.25,
        FieldKind.FeedForward => "relu",
        _ => "silu",
    };
}
