using System.Text.Json.Nodes;
using Formwork.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Formwork.Generator.Tests.Config;

/// <summary>Configuration files for tests, and declarations that name them.</summary>
internal static class ConfigFiles
{
    /// <summary>A small Marian model, every field of which differs from the family's choice where it can.</summary>
    public static JsonObject Marian => new()
    {
        ["model_type"] = "marian",
        ["vocab_size"] = 20,
        ["d_model"] = 16,
        ["encoder_layers"] = 1,
        ["decoder_layers"] = 2,
        ["encoder_attention_heads"] = 2,
        ["decoder_attention_heads"] = 1,
        ["encoder_ffn_dim"] = 32,
        ["decoder_ffn_dim"] = 48,
        ["max_position_embeddings"] = 8,
        ["activation_function"] = "relu",
        ["decoder_start_token_id"] = 18,
        ["eos_token_id"] = 3,
        ["pad_token_id"] = 19,
    };

    /// <summary>A small BART.</summary>
    public static JsonObject Bart
    {
        get
        {
            JsonObject config = Marian;
            config["model_type"] = "bart";
            return config;
        }
    }

    /// <summary>The file of a <c>model_type</c>.</summary>
    public static JsonObject Of(string modelType) => modelType == "marian" ? Marian : Bart;

    /// <summary>A declaration that names <c>config.json</c>.</summary>
    public static string Declare(string options = "", string name = "config.json") => $$"""
        using Formwork;
        namespace Samples;
        [Transformer("{{name}}"{{(options.Length > 0 ? ", " + options : string.Empty)}})]
        public sealed partial class Tiny;
        """;

    /// <summary>What the generator reports.</summary>
    public static Diagnostic[] Diagnose(string config, string options = "") => GeneratorHarness.Diagnose(Declare(options), inputs: Inputs(config));

    /// <summary>What the generator writes, without the line that names the declaration.</summary>
    public static string Generate(string config, string options = "") => Text(GeneratorHarness.Generate(Declare(options), Inputs(config)));

    /// <summary>All files of a model in one, without the lines that name the declaration.</summary>
    public static string Text(IReadOnlyDictionary<string, string> files) => string.Join('\n', files
        .OrderBy(static file => file.Key, StringComparer.Ordinal)
        .SelectMany(static file => file.Value.Split('\n'))
        .Where(static line => !line.Contains("[Transformer(", StringComparison.Ordinal)));

    public static BuildInputs Inputs(string config, string path = "/models/config.json") => BuildInputs.None.WithFile(path, config);
}
