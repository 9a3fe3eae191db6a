using Formwork.Generator.Model.Families;

namespace Formwork.Generator.Parsing.Config.Schemas;

/// <summary>Hugging Face's <c>M2M100Config</c>, NLLB's too.</summary>
internal static class M2M100Schema
{
    public static ConfigSchema Schema { get; } = new("m2m_100", M2M100.Spec,
    [
        .. CommonFields.Sizes,
        new OptionField("max_position_embeddings", FieldKind.Number, ["SourceLength", "TargetLength"]),
        new OptionField("scale_embedding", FieldKind.Flag, ["ScaleEmbedding"], Absent: true),
        new OptionField("tie_word_embeddings", FieldKind.Flag, ["TieOutput"], Absent: true),
        new OptionField("decoder_start_token_id", FieldKind.Id, ["StartToken"], Absent: 2),
        new OptionField("eos_token_id", FieldKind.Id, ["EndToken"], Absent: 2),
        new OptionField("pad_token_id", FieldKind.Id, ["PadToken", "PositionOffset"]),
        .. CommonFields.Kind,
        .. CommonFields.Norms(isBefore: true, onEmbedding: false),
        new FixedField("static_position_embeddings", "true", "M2M100's positions are sinusoids"),
        .. CommonFields.Decoding,
        .. CommonFields.Unused,
    ]);
}
