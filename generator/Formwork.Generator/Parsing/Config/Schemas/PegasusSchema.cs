using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Hugging Face's <c>PegasusConfig</c>.</summary>
internal static class PegasusSchema
{
    public static ConfigSchema Schema { get; } = new("pegasus", Pegasus.Spec,
    [
        .. CommonFields.Sizes,
        new OptionField("max_position_embeddings", FieldKind.Number, ["SourceLength", "TargetLength"]),
        new OptionField("scale_embedding", FieldKind.Flag, ["ScaleEmbedding"], Absent: false),
        new OptionField("tie_word_embeddings", FieldKind.Flag, ["TieOutput"], Absent: true),
        new OptionField("decoder_start_token_id", FieldKind.Id, ["StartToken"], Absent: 0),
        new OptionField("eos_token_id", FieldKind.Id, ["EndToken"], Absent: 1),
        new OptionField("pad_token_id", FieldKind.Id, ["PadToken"], Absent: 0),
        .. CommonFields.Kind,
        .. CommonFields.Norms(isBefore: true, onEmbedding: false),
        new FixedField("static_position_embeddings", "true", "Pegasus' positions are sinusoids"),
        .. CommonFields.Decoding,
        .. CommonFields.Unused,
        new UnusedField("extra_pos_embeddings"),
    ]);
}
