namespace Formwork.Generator.Model;

/// <summary>How the weight file names its tensors. <c>{0}</c> is the layer, counted from 0; suffixes <c>.weight</c> and <c>.bias</c> are appended.</summary>
internal sealed record TensorNames(
    string SharedEmbedding,
    string EncoderEmbedding,
    string DecoderEmbedding,
    string OutputProjection,
    string OutputBias,
    bool OutputBiasMayBeAbsent,
    LayerNames Encoder,
    LayerNames Decoder,
    EquatableArray<string> Ignored)
{
    /// <summary>Hugging Face's names for BART and everything descended from it (Marian, Pegasus, M2M100 …).</summary>
    /// <param name="outputBias">The full name of the tensor added to the logits.</param>
    /// <param name="outputBiasMayBeAbsent">Whether a file without it means zeros: Hugging Face initialises <c>final_logits_bias</c> so.</param>
    public static TensorNames HuggingFace(string outputBias, bool outputBiasMayBeAbsent) => new(
        SharedEmbedding: "model.shared",
        EncoderEmbedding: "model.encoder.embed_tokens",
        DecoderEmbedding: "model.decoder.embed_tokens",
        OutputProjection: "lm_head",
        OutputBias: outputBias,
        OutputBiasMayBeAbsent: outputBiasMayBeAbsent,
        Encoder: LayerNames.HuggingFace("model.encoder"),
        Decoder: LayerNames.HuggingFace("model.decoder"),
        Ignored: EquatableArray<string>.Empty);

    /// <summary>Hugging Face's names for T5. Some checkpoints hold a table of relative positions for cross-attention, which nothing ever reads.</summary>
    public static TensorNames T5 { get; } = new(
        SharedEmbedding: "shared",
        EncoderEmbedding: "encoder.embed_tokens",
        DecoderEmbedding: "decoder.embed_tokens",
        OutputProjection: "lm_head",
        OutputBias: "lm_head.bias",
        OutputBiasMayBeAbsent: false,
        Encoder: LayerNames.T5("encoder", feedForward: 1),
        Decoder: LayerNames.T5("decoder", feedForward: 2),
        Ignored: new(["decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight"]));
}

/// <summary>The tensor names of one stack.</summary>
internal sealed record LayerNames(
    string Positions,
    string EmbeddingNorm,
    string FinalNorm,
    AttentionNames SelfAttention,
    AttentionNames CrossAttention,
    string FeedForward1,
    string GatedFeedForward1,
    string FeedForwardGate,
    string FeedForward2,
    string FeedForwardNorm)
{
    /// <summary>Hugging Face's names below <paramref name="stack"/>.</summary>
    public static LayerNames HuggingFace(string stack)
    {
        string layer = stack + ".layers.{0}.";
        return new(
            Positions: stack + ".embed_positions",
            EmbeddingNorm: stack + ".layernorm_embedding",
            FinalNorm: stack + ".layer_norm",
            SelfAttention: AttentionNames.HuggingFace(layer + "self_attn"),
            CrossAttention: AttentionNames.HuggingFace(layer + "encoder_attn"),
            FeedForward1: layer + "fc1",
            GatedFeedForward1: layer + "fc1",
            FeedForwardGate: layer + "fc_gate",
            FeedForward2: layer + "fc2",
            FeedForwardNorm: layer + "final_layer_norm");
    }

    /// <summary>T5's names below <paramref name="stack"/>; the feed-forward is the sub-layer of number <paramref name="feedForward"/>.</summary>
    public static LayerNames T5(string stack, int feedForward)
    {
        string layer = stack + ".block.{0}.layer.";
        string inside = $"{layer}{feedForward}.DenseReluDense.";
        return new(
            Positions: $"{stack}.block.0.layer.0.SelfAttention.relative_attention_bias",
            EmbeddingNorm: stack + ".embedding_norm",
            FinalNorm: stack + ".final_layer_norm",
            SelfAttention: AttentionNames.T5(layer + "0", "SelfAttention"),
            CrossAttention: AttentionNames.T5(layer + "1", "EncDecAttention"),
            FeedForward1: inside + "wi",
            GatedFeedForward1: inside + "wi_0",
            FeedForwardGate: inside + "wi_1",
            FeedForward2: inside + "wo",
            FeedForwardNorm: $"{layer}{feedForward}.layer_norm");
    }
}

/// <summary>The tensor names of one attention sub-layer and its norm.</summary>
internal sealed record AttentionNames(string Query, string Key, string Value, string Output, string Norm)
{
    /// <summary>Hugging Face's names of the attention called <paramref name="attention"/>.</summary>
    public static AttentionNames HuggingFace(string attention) => new(
        attention + ".q_proj", attention + ".k_proj", attention + ".v_proj", attention + ".out_proj", attention + "_layer_norm");

    /// <summary>T5's names of the sub-layer <paramref name="layer"/>.</summary>
    public static AttentionNames T5(string layer, string attention) => new(
        $"{layer}.{attention}.q", $"{layer}.{attention}.k", $"{layer}.{attention}.v", $"{layer}.{attention}.o", layer + ".layer_norm");
}
