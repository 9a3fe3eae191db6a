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
        new FixedField("add_final_layer_norm", "false", "this family has no norm after its stacks, and Hugging Face's class ignores the field"),
        new FixedField("normalize_before", "false", "this family's norms stand after the residuals, and Hugging Face's class ignores the field"),
    ];

    /// <summary>How to decode where a call does not say: <c>generate</c>'s arguments, which older checkpoints keep in this file.</summary>
    public static IEnumerable<ConfigField> Decoding { get; } =
    [
        new DecodingField("max_length", "GenerationOptions.MaxLength", "20"),
        new DecodingField("max_new_tokens", "GenerationOptions.MaxLength"),
        new DecodingField("min_length", "GenerationOptions.MinLength", "0"),
        new DecodingField("min_new_tokens", "GenerationOptions.MinLength", "0"),
        new DecodingField("do_sample", "GenerationOptions.Sample", "false"),
        new DecodingField("early_stopping", "GenerationOptions.EarlyStopping", "false"),
        new DecodingField("num_beams", "GenerationOptions.Beams", "1"),
        new DecodingField("num_beam_groups", null, "1"),
        new DecodingField("diversity_penalty", null, "0.0", "0"),
        new DecodingField("temperature", "GenerationOptions.Temperature", "1.0", "1"),
        new DecodingField("top_k", "GenerationOptions.TopK", "50"),
        new DecodingField("top_p", "GenerationOptions.TopP", "1.0", "1"),
        new DecodingField("typical_p", null, "1.0", "1"),
        new DecodingField("repetition_penalty", "GenerationOptions.RepetitionPenalty", "1.0", "1"),
        new DecodingField("length_penalty", "GenerationOptions.LengthPenalty", "1.0", "1"),
        new DecodingField("no_repeat_ngram_size", "GenerationOptions.NoRepeatNgram", "0"),
        new DecodingField("encoder_no_repeat_ngram_size", null, "0"),
        new DecodingField("num_return_sequences", "GenerationOptions.NBest", "1"),
        new DecodingField("forced_bos_token_id", "GenerationOptions.ForcedStart"),
        new DecodingField("forced_eos_token_id", "GenerationOptions.ForcedEnd"),
        new DecodingField("force_bos_token_to_be_generated", "GenerationOptions.ForcedStart", "false"),
        new DecodingField("suppress_tokens", "GenerationOptions.SuppressedTokens", "[]"),
        new DecodingField("begin_suppress_tokens", "GenerationOptions.SuppressedAtStart", "[]"),
        new DecodingField("exponential_decay_length_penalty", null),
        new DecodingField("renormalize_logits", null, "false"),
        new DecodingField("remove_invalid_values", null, "false"),
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
