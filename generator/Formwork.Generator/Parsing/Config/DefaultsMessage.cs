using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>Says what became of each argument of <c>generate</c> that a checkpoint's files set: the text of FW0108.</summary>
internal static class DefaultsMessage
{
    /// <summary>One part for each field that asks for something.</summary>
    /// <param name="source">The files.</param>
    /// <param name="arguments">The file that says how to decode.</param>
    /// <param name="defaults">What its fields came to; null where nothing is generated.</param>
    public static IEnumerable<string> Parts(ConfigSource source, ArgumentReader arguments, DefaultsBuilder? defaults)
    {
        foreach (DecodingField field in source.Schema.Fields.OfType<DecodingField>())
        {
            // A few fields are config.json's alone, whichever file says how to decode.
            bool isArgument = source.Generation is null || GenerationFields.Arguments.Contains(field);
            JsonValue? value = isArgument ? arguments.Find(field.Name) : source.Config.Find(field.Name);
            bool isRefused = isArgument && arguments.IsRefused(field.Name);
            if (value is not null && !isRefused && !IsNeutral(field, value) && (defaults is null ? DefaultsBuilder.Unnoted(field) : defaults.NoteOf(field)) is { } note)
            {
                yield return $"{field.Name} = {JsonText.Short(value)} ({note})";
            }

            if (isArgument && source.Generation is { } generation && source.Config.Find(field.Name) is { } passed && !IsNeutral(field, passed)
                && (value is null || JsonText.Compact(passed) != JsonText.Compact(value)))
            {
                yield return $"{field.Name} = {JsonText.Short(passed)} of {source.Config.Name} (passed over beside {generation.Name})";
            }
        }
    }

    private static bool IsNeutral(DecodingField field, JsonValue value) => field.Neutral.Contains(JsonText.Compact(value));
}
