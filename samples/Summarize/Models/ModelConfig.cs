using System.Reflection;
using System.Text.Json;
using Translate;

namespace Summarize.Models;

/// <summary>A model's <c>config.json</c>: which kind of model it is, and the sizes by which a program is compiled.</summary>
internal sealed class ModelConfig
{
    /// <summary>Fields that shape a model. Where both files have one, it has to be equal; what one leaves out has a usual value.</summary>
    private static readonly string[] Shaping =
    [
        "d_model", "encoder_layers", "decoder_layers", "encoder_attention_heads", "decoder_attention_heads", "encoder_ffn_dim", "decoder_ffn_dim",
        "max_position_embeddings", "activation_function", "scale_embedding", "d_kv", "d_ff", "num_layers", "num_decoder_layers", "num_heads",
        "relative_attention_num_buckets", "relative_attention_max_distance", "feed_forward_proj", "tie_word_embeddings", "layer_norm_epsilon",
        "vocab_size", "pad_token_id", "eos_token_id", "decoder_start_token_id",
    ];

    private readonly JsonElement _fields;
    private readonly string _path;

    private ModelConfig(JsonElement fields, string path)
    {
        _fields = fields;
        _path = path;
        Kind = fields.TryGetProperty("model_type", out JsonElement kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString()! : "";
    }

    /// <summary>The <c>model_type</c>, or nothing.</summary>
    public string Kind { get; }

    /// <summary>The file of a directory.</summary>
    public static ModelConfig Read(string directory)
    {
        string path = Path.Combine(directory, "config.json");
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"there is no file '{path}': --model names the directory of a model as it is published, with config.json, its weights and its tokeniser's files", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>The file that the program was compiled with.</summary>
    public static ModelConfig Compiled(string kind)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(kind)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Parse(bytes.ToArray(), kind);
    }

    /// <summary>Refuses a model of other sizes than the program was compiled for.</summary>
    public void RequireEqual(ModelConfig compiled)
    {
        foreach (string name in Shaping)
        {
            if (_fields.TryGetProperty(name, out JsonElement own) && compiled._fields.TryGetProperty(name, out JsonElement other) && !JsonElement.DeepEquals(own, other))
            {
                throw new UserErrorException(
                    $"'{_path}' has {name} = {own.GetRawText()} and this program was compiled for {other.GetRawText()}: copy that file over samples/Summarize/model/{Kind}/config.json and build again");
            }
        }
    }

    private static ModelConfig Parse(byte[] bytes, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ModelConfig(document.RootElement.Clone(), path)
                : throw new UserErrorException($"'{path}' holds no JSON object: download it again");
        }
        catch (JsonException problem)
        {
            throw new UserErrorException($"'{path}' is no JSON ({problem.Message}): download it again", problem);
        }
    }
}
