using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Hugging Face's <c>T5Config</c> (T5 1.0, T5 1.1, FLAN-T5, ByT5) and <c>MT5Config</c>.</summary>
internal static class T5Schema
{
    /// <summary>
    /// A tied output is scaled, and one of its own is not; files of transformers 5 call every output tied and say apart from that whether it is scaled.
    /// </summary>
    public static ConfigSchema T5 { get; } = new("t5", Model.Families.T5.Spec,
    [
        .. Shape(isReluByDefault: true),
        new OptionField("tie_word_embeddings", FieldKind.Flag, ["TieOutput", "ScaleOutput"], Absent: true),
        new OptionField("scale_decoder_outputs", FieldKind.Flag, ["TieOutput", "ScaleOutput"], MayBeAbsent: true),
        .. Rest,
    ]);

    /// <summary>Versions of Hugging Face's class disagree whether mT5's output is scaled where it is tied; no published one is.</summary>
    public static ConfigSchema MT5 { get; } = new("mt5", Model.Families.T5.Spec with { Embedding = Model.Families.T5.Spec.Embedding with { TieOutput = false, ScaleOutput = false } },
    [
        .. Shape(isReluByDefault: false),
        new FixedField("tie_word_embeddings", "false", "versions of Hugging Face's class disagree on the scale of a tied output"),
        new FixedField("scale_decoder_outputs", "false", "versions of Hugging Face's class disagree on the scale of a tied output"),
        .. Rest,
    ]);

    private static IEnumerable<ConfigField> Rest =>
    [
        new OptionField("decoder_start_token_id", FieldKind.Id, ["StartToken"], Absent: 0),
        new OptionField("eos_token_id", FieldKind.Id, ["EndToken"], Absent: 1),
        new OptionField("pad_token_id", FieldKind.Id, ["PadToken"], Absent: 0),
        .. CommonFields.Kind,
        .. CommonFields.Decoding,
        .. CommonFields.Unused,
        new UnusedField("dropout_rate"),
        new UnusedField("initializer_factor"),
    ];

    private static IEnumerable<ConfigField> Shape(bool isReluByDefault) =>
    [
        new OptionField("d_model", FieldKind.Number, ["ModelDim"]),
        new OptionField("d_kv", FieldKind.Number, ["HeadDim"]),
        new OptionField("d_ff", FieldKind.Number, ["FeedForwardDim"]),
        new OptionField("num_layers", FieldKind.Number, ["EncoderLayers", "DecoderLayers"]),
        new OptionField("num_decoder_layers", FieldKind.Number, ["DecoderLayers"], MayBeAbsent: true),
        new OptionField("num_heads", FieldKind.Number, ["Heads"]),
        new OptionField("vocab_size", FieldKind.Number, ["VocabSize"]),

        // Older files only: relative positions have no end, so that others say nothing of lengths.
        new OptionField("n_positions", FieldKind.Number, ["SourceLength", "TargetLength"], MayBeAbsent: true),
        new OptionField("relative_attention_num_buckets", FieldKind.Number, ["RelativeBuckets"], Absent: 32),
        new OptionField("relative_attention_max_distance", FieldKind.Number, ["RelativeMaxDistance"], Absent: 128),
        new OptionField("layer_norm_epsilon", FieldKind.Fraction, ["NormEpsilon"], Absent: 1e-6f),
        new OptionField("feed_forward_proj", FieldKind.FeedForward, ["Activation", "GatedFeedForward"], MayBeAbsent: isReluByDefault),

        // What Hugging Face derives from the field above and writes beside it: the file's word counts there, too.
        new OptionField("dense_act_fn", FieldKind.Activation, ["Activation"], MayBeAbsent: true),
        new OptionField("is_gated_act", FieldKind.Flag, ["GatedFeedForward"], MayBeAbsent: true),
    ];
}
