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

    /// <summary>A small T5 1.1.</summary>
    public static JsonObject T5 => new()
    {
        ["model_type"] = "t5",
        ["vocab_size"] = 20,
        ["d_model"] = 16,
        ["d_kv"] = 24,
        ["d_ff"] = 32,
        ["num_layers"] = 1,
        ["num_heads"] = 2,
        ["n_positions"] = 40,
        ["feed_forward_proj"] = "gated-gelu",
        ["is_gated_act"] = true,
        ["tie_word_embeddings"] = false,
        ["scale_decoder_outputs"] = false,
    };

    /// <summary>A small model of a <c>model_type</c>.</summary>
    public static JsonObject Of(string modelType)
    {
        JsonObject config = modelType is "t5" or "mt5" ? T5 : Marian;
        config["model_type"] = modelType;
        return config;
    }

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

    /// <summary>The same without the default options, which no other declaration has.</summary>
    public static string GenerateModel(string config, string options) => Text(GeneratorHarness.Generate(Declare(options), Inputs(config))
        .Where(static file => !file.Key.EndsWith(".Defaults.g.cs", StringComparison.Ordinal))
        .ToDictionary());

    /// <summary>All files of a model in one, without the lines that name the declaration.</summary>
    public static string Text(IReadOnlyDictionary<string, string> files) => string.Join('\n', files
        .OrderBy(static file => file.Key, StringComparer.Ordinal)
        .SelectMany(static file => file.Value.Split('\n'))
        .Where(static line => !line.Contains("[Transformer(", StringComparison.Ordinal)));

    public static BuildInputs Inputs(string config, string path = "/models/config.json") => BuildInputs.None.WithFile(path, config);
}
