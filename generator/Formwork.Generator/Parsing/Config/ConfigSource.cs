using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing.Config;

/// <summary>What a declaration's <c>config.json</c>, and the files beside it, say of the model's shape; and the files themselves for what else they say.</summary>
/// <param name="Schema">The fields of its <c>model_type</c>.</param>
/// <param name="Config">The <c>config.json</c>.</param>
/// <param name="Generation">The <c>generation_config.json</c> beside it, or null.</param>
/// <param name="Options">The options of the files and of the attribute together.</param>
internal sealed record ConfigSource(ConfigSchema Schema, ConfigDocument Config, ConfigDocument? Generation, AttributeOptions Options)
{
    /// <summary>The file that says how to decode: Hugging Face looks into <c>config.json</c> only where there is no other.</summary>
    public ConfigDocument Decoding => Generation ?? Config;

    /// <summary>The family that the <c>model_type</c> selects.</summary>
    public FamilySpec Family => Schema.Family;
}
