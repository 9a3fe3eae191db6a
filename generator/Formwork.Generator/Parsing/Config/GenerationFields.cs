namespace Formwork.Generator.Parsing.Config;

/// <summary>Fields of Hugging Face's <c>GenerationConfig</c> (<c>transformers</c>, <c>generation/configuration_utils.py</c>): the arguments of <c>generate</c>.</summary>
internal static class GenerationFields
{
    private const string CallerStops = "the caller's loop over Stream, or a CancellationToken";

    /// <summary>Arguments that say how to decode.</summary>
    public static IReadOnlyList<DecodingField> Arguments { get; } =
    [
        // How long.
        new("max_length", "MaxLength"),
        new("max_new_tokens", "MaxLength"),
        new("min_length", "MinLength", "0"),
        new("min_new_tokens", "MinLength", "0"),
        new("early_stopping", "EarlyStopping", "false"),
        new("max_time", CallerStops),
        new("stop_strings", CallerStops),

        // Which search.
        new("num_beams", "Beams", "1"),
        new("num_return_sequences", "NBest", "1"),
        new("length_penalty", "LengthPenalty", "1.0", "1"),
        new("num_beam_groups", null, "1"),
        new("diversity_penalty", null, "0.0", "0"),
        new("penalty_alpha", null),
        new("dola_layers", null),
        new("prompt_lookup_num_tokens", null),
        new("assistant_early_exit", null),

        // Drawing.
        new("do_sample", "Sample", "false"),
        new("temperature", "Temperature", "1.0", "1"),
        new("top_k", "TopK", "50"),
        new("top_p", "TopP", "1.0", "1"),
        new("min_p", "MinP", "0.0", "0"),
        new("typical_p", null, "1.0", "1"),
        new("epsilon_cutoff", null, "0.0", "0"),
        new("eta_cutoff", null, "0.0", "0"),

        // Rules.
        new("repetition_penalty", "RepetitionPenalty", "1.0", "1"),
        new("no_repeat_ngram_size", "NoRepeatNgram", "0"),
        new("suppress_tokens", "SuppressedTokens", "[]"),
        new("begin_suppress_tokens", "SuppressedAtStart", "[]"),
        new("bad_words_ids", "SuppressedSequences", "[]"),
        new("forced_bos_token_id", "ForcedStart"),
        new("forced_eos_token_id", "ForcedEnd"),
        new("forced_decoder_ids", "Prefix", "[]"),
        new("force_words_ids", "Phrases", "[]"),
        new("constraints", "Phrases", "[]"),
        new("encoder_repetition_penalty", null, "1.0", "1"),
        new("encoder_no_repeat_ngram_size", null, "0"),
        new("exponential_decay_length_penalty", null),
        new("sequence_bias", null, "{}", "[]"),
        new("guidance_scale", null, "1.0", "1"),
        new("renormalize_logits", null, "false"),
        new("remove_invalid_values", null, "false"),
        new("token_healing", null, "false"),
        new("watermarking_config", null),
        new("generation_kwargs", null, "{}"),
    ];

    /// <summary>Every field of <c>generation_config.json</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Arguments.Select(static argument => argument.Name),

        // They shape the model, as in config.json.
        "decoder_start_token_id", "eos_token_id", "pad_token_id", "bos_token_id",

        // What the file is, and what Hugging Face's code returns and how it runs: a target does not depend on it.
        "_from_model_config", "_commit_hash", "_original_object_hash", "transformers_version", "use_cache", "cache_implementation", "cache_config", "return_legacy_cache",
        "prefill_chunk_size", "low_memory", "compile_config", "disable_compile", "output_attentions", "output_hidden_states", "output_scores", "output_logits",
        "return_dict_in_generate",

        // What a helper model does; a target is the large model's.
        "is_assistant", "num_assistant_tokens", "num_assistant_tokens_schedule", "assistant_confidence_threshold", "max_matching_ngram_size", "assistant_lookbehind", "target_lookbehind",
    ];
}
