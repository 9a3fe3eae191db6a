using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Config.Schemas;

namespace Formwork.Generator.Parsing.Config;

/// <summary>All fields that configuration files of one <c>model_type</c> may have.</summary>
/// <param name="ModelType">The <c>model_type</c>.</param>
/// <param name="Family">The family that it selects.</param>
/// <param name="Fields">Its fields, in the order in which they are applied.</param>
internal sealed record ConfigSchema(string ModelType, FamilySpec Family, IReadOnlyList<ConfigField> Fields)
{
    /// <summary>Every known <c>model_type</c>.</summary>
    public static IReadOnlyList<ConfigSchema> All { get; } =
    [
        MarianSchema.Schema, BartSchema.Schema, MBartSchema.Schema, PegasusSchema.Schema, M2M100Schema.Schema, T5Schema.T5, T5Schema.MT5,
    ];
}
