using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Hugging Face's <c>MBartConfig</c>. mBART-25 starts with the target's language, which its file does not name: the attribute does.</summary>
internal static class MBartSchema
{
    public static ConfigSchema Schema { get; } = new("mbart", MBart.Spec,
    [
        .. CommonFields.Sizes,
        new OptionField("max_position_embeddings", FieldKind.Number, ["SourceLength", "TargetLength", "MaxPositions"]),
        new OptionField("scale_embedding", FieldKind.Flag, ["ScaleEmbedding"], Absent: false),
        new OptionField("tie_word_embeddings", FieldKind.Flag, ["TieOutput"], Absent: true),
        new OptionField("decoder_start_token_id", FieldKind.Id, ["StartToken"]),
        new OptionField("eos_token_id", FieldKind.Id, ["EndToken"], Absent: 2),
        new OptionField("pad_token_id", FieldKind.Id, ["PadToken"], Absent: 1),
        .. CommonFields.Kind,
        .. CommonFields.Norms(isBefore: true, onEmbedding: true),
        new FixedField("static_position_embeddings", "false", "mBART's positions are learned"),
        new FixedField("extra_pos_embeddings", "2", "the first position is row 2 of mBART's table"),
        .. CommonFields.Decoding,
        .. CommonFields.Unused,
    ]);
}
