using System.Text.Json;

namespace Formwork.Generator.Tests.Families;

/// <summary>The tensors of checkpoints by the published descriptions, listed apart from the generator's own names.</summary>
internal static class SheetNames
{
    /// <summary>BART and its descendants.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="isBefore">Whether a norm ends each stack.</param>
    /// <param name="hasEmbeddingNorm">Whether embeddings are normed.</param>
    /// <param name="hasBias">Whether there is a bias on the logits.</param>
    public static IEnumerable<string> Bart(string config, bool isBefore, bool hasEmbeddingNorm, bool hasBias)
    {
        yield return "model.shared.weight";
        yield return "lm_head.weight";
        if (hasBias)
        {
            yield return "final_logits_bias";
        }

        foreach (string stack in new[] { "encoder", "decoder" })
        {
            yield return $"model.{stack}.embed_tokens.weight";
            yield return $"model.{stack}.embed_positions.weight";
            string[] attentions = stack == "encoder" ? ["self_attn"] : ["self_attn", "encoder_attn"];
            IEnumerable<string> layer = attentions.SelectMany(static attention => (string[])[.. new[] { "q", "k", "v", "out" }.Select(part => $"{attention}.{part}_proj"), $"{attention}_layer_norm"])
                .Concat(["fc1", "fc2", "final_layer_norm"]);
            IEnumerable<string> modules = Enumerable.Range(0, Count(config, $"{stack}_layers")).SelectMany(index => layer.Select(module => $"layers.{index}.{module}"))
                .Concat(isBefore ? ["layer_norm"] : [])
                .Concat(hasEmbeddingNorm ? ["layernorm_embedding"] : []);
            foreach (string module in modules)
            {
                yield return $"model.{stack}.{module}.weight";
                yield return $"model.{stack}.{module}.bias";
            }
        }
    }

    /// <summary>T5.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="isGated">Whether the feed-forward has a gate.</param>
    public static IEnumerable<string> T5(string config, bool isGated)
    {
        yield return "shared.weight";
        yield return "lm_head.weight";
        foreach (string stack in new[] { "encoder", "decoder" })
        {
            yield return $"{stack}.embed_tokens.weight";
            yield return $"{stack}.final_layer_norm.weight";
            yield return $"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias.weight";
            string[] attentions = stack == "encoder" ? ["SelfAttention"] : ["SelfAttention", "EncDecAttention"];
            string[] projections = isGated ? ["wi_0", "wi_1", "wo"] : ["wi", "wo"];
            for (int block = 0; block < Count(config, "num_layers"); block++)
            {
                for (int layer = 0; layer <= attentions.Length; layer++)
                {
                    string at = $"{stack}.block.{block}.layer.{layer}.";
                    yield return at + "layer_norm.weight";
                    foreach (string name in layer < attentions.Length ? new[] { "q", "k", "v", "o" }.Select(part => $"{attentions[layer]}.{part}") : projections.Select(static part => "DenseReluDense." + part))
                    {
                        yield return $"{at}{name}.weight";
                    }
                }
            }
        }
    }

    private static int Count(string config, string field)
    {
        using JsonDocument document = JsonDocument.Parse(config);
        return document.RootElement.GetProperty(field).GetInt32();
    }
}
