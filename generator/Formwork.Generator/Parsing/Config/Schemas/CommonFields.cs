namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Fields of Hugging Face's <c>PretrainedConfig</c>, and those that all descendants of BART share (<c>transformers</c>, <c>configuration_*.py</c>).</summary>
internal static class CommonFields
{
    /// <summary>The sizes of both stacks.</summary>
    public static IEnumerable<ConfigField> Sizes { get; } =
    [
        new OptionField("d_model", FieldKind.Number, ["ModelDim"]),
        new OptionField("encoder_layers", FieldKind.Number, ["EncoderLayers"]),
        new OptionField("decoder_layers", FieldKind.Number, ["DecoderLayers"]),
        new OptionField("encoder_attention_heads", FieldKind.Number, ["EncoderHeads"], Overriding: "Heads"),
        new OptionField("decoder_attention_heads", FieldKind.Number, ["DecoderHeads"], Overriding: "Heads"),
        new OptionField("encoder_ffn_dim", FieldKind.Number, ["EncoderFeedForwardDim"], Overriding: "FeedForwardDim"),
        new OptionField("decoder_ffn_dim", FieldKind.Number, ["DecoderFeedForwardDim"], Overriding: "FeedForwardDim"),
        new OptionField("activation_function", FieldKind.Activation, ["Activation"]),
        new OptionField("vocab_size", FieldKind.Number, ["SourceVocabSize", "TargetVocabSize"], Overriding: "VocabSize"),
    ];

    /// <summary>Fields that only encoder–decoders of the plain kind may set.</summary>
    public static IEnumerable<ConfigField> Kind { get; } =
    [
        new FixedField("is_encoder_decoder", "true", "the model is generated as an encoder–decoder"),
        new FixedField("is_decoder", "false", "a decoder without an encoder is not generated"),
        new FixedField("tie_encoder_decoder", "false", "encoder and decoder have weights of their own"),
        new FixedField("pruned_heads", "{}", "every head is generated"),
    ];

    /// <summary>Fields of fairseq's models about norms. Hugging Face's classes ignore them: each class has the norms of its family.</summary>
    /// <param name="isBefore">Whether the family's norms stand before the sub-layers, and after the last.</param>
    /// <param name="onEmbedding">Whether it norms its embeddings.</param>
    public static IEnumerable<ConfigField> Norms(bool isBefore, bool onEmbedding) =>
    [
        new FixedField("normalize_before", isBefore ? "true" : "false", $"this family's norms stand {(isBefore ? "before the sub-layers" : "after the residuals")}, and Hugging Face's class ignores the field"),
        new FixedField("add_final_layer_norm", isBefore ? "true" : "false", $"this family has {(isBefore ? "a" : "no")} norm after its stacks, and Hugging Face's class ignores the field"),
        new FixedField("normalize_embedding", onEmbedding ? "true" : "false", $"this family has {(onEmbedding ? "a" : "no")} norm on its embeddings, and Hugging Face's class ignores the field"),
    ];

    /// <summary>How to decode where a call does not say: <c>generate</c>'s arguments, which older checkpoints keep in this file.</summary>
    public static IEnumerable<ConfigField> Decoding { get; } =
    [
        .. GenerationFields.Arguments,
        new DecodingField("force_bos_token_to_be_generated", "ForcedStart", "false"),
        new DecodingField("task_specific_params", "GenerationOptions", "{}"),
        new DecodingField("prefix", "the text that is encoded", "\"\"", "\" \""),
    ];

    /// <summary>Fields that inference does not depend on.</summary>
    public static IEnumerable<ConfigField> Unused { get; } = new[]
    {
        // What the file is, and who wrote it.
        "_name_or_path", "architectures", "model_type", "transformers_version", "torch_dtype", "dtype", "tokenizer_class", "finetuning_task", "_num_labels",

        // Training.
        "dropout", "attention_dropout", "activation_dropout", "classif_dropout", "classifier_dropout", "encoder_layerdrop", "decoder_layerdrop",
        "init_std", "gradient_checkpointing", "use_bfloat16", "tf_legacy_loss", "problem_type", "is_valid_for_training",

        // What Hugging Face's code returns and how it runs.
        "use_cache", "output_attentions", "output_hidden_states", "output_past", "output_scores", "return_dict", "return_dict_in_generate", "torchscript",
        "chunk_size_feed_forward", "_attn_implementation", "_attn_implementation_autoset", "add_cross_attention", "cross_attention_hidden_size",

        // Classification.
        "id2label", "label2id", "num_labels",

        // Aliases of fields above: Hugging Face derives them, and the counts of layers are what decides.
        "num_hidden_layers",

        // Ids that decoding does not ask for, and a bias that is added whenever the weight file has one.
        "bos_token_id", "sep_token_id", "unk_token_id", "add_bias_logits",
    }.Select(static name => new UnusedField(name));
}
