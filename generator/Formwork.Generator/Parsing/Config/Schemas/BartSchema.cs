using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Hugging Face's <c>BartConfig</c>.</summary>
internal static class BartSchema
{
    public static ConfigSchema Schema { get; } = new("bart", Bart.Spec,
    [
        .. CommonFields.Sizes,
        new OptionField("max_position_embeddings", FieldKind.Number, ["SourceLength", "TargetLength", "MaxPositions"]),
        new OptionField("scale_embedding", FieldKind.Flag, ["ScaleEmbedding"], Absent: false),
        new OptionField("tie_word_embeddings", FieldKind.Flag, ["TieOutput"], Absent: true),
        new OptionField("decoder_start_token_id", FieldKind.Id, ["StartToken"], Absent: 2),
        new OptionField("eos_token_id", FieldKind.Id, ["EndToken"], Absent: 2),
        new OptionField("pad_token_id", FieldKind.Id, ["PadToken"], Absent: 1),
        .. CommonFields.Kind,
        .. CommonFields.Norms(isBefore: false, onEmbedding: true),
        new FixedField("static_position_embeddings", "false", "BART's positions are learned"),
        new FixedField("extra_pos_embeddings", "2", "the first position is row 2 of BART's table"),
        .. CommonFields.Decoding,
        .. CommonFields.Unused,
    ]);
}
