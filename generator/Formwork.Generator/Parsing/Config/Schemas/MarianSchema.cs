using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Hugging Face's <c>MarianConfig</c>.</summary>
internal static class MarianSchema
{
    public static ConfigSchema Schema { get; } = new("marian", Marian.Spec,
    [
        .. CommonFields.Sizes,
        new OptionField("decoder_vocab_size", FieldKind.Number, ["TargetVocabSize"], Overriding: "VocabSize", MayBeAbsent: true),
        new OptionField("max_position_embeddings", FieldKind.Number, ["SourceLength", "TargetLength"]),
        new OptionField("scale_embedding", FieldKind.Flag, ["ScaleEmbedding"], Absent: false),
        new OptionField("share_encoder_decoder_embeddings", FieldKind.Flag, ["ShareEmbeddings"], Absent: true),
        new OptionField("tie_word_embeddings", FieldKind.Flag, ["TieOutput"], Absent: true),
        new OptionField("decoder_start_token_id", FieldKind.Id, ["StartToken"]),
        new OptionField("eos_token_id", FieldKind.Id, ["EndToken"]),
        new OptionField("pad_token_id", FieldKind.Id, ["PadToken"]),
        .. CommonFields.Kind,
        .. CommonFields.Norms(isBefore: false, onEmbedding: false),
        new FixedField("static_position_embeddings", "true", "Marian's positions are sinusoids"),
        .. CommonFields.Decoding,
        .. CommonFields.Unused,
        new UnusedField("extra_pos_embeddings"),
    ]);
}
