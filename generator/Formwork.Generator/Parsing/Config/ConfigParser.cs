using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Files;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>
/// Turns a Hugging Face <c>config.json</c> into options, as if they had been written in the attribute. Every field is honoured, known not to matter,
/// or refused by name: a field that is passed over in silence is how a model comes to compute something else.
/// </summary>
internal sealed class ConfigParser(Declaration declaration, NamedFile file, EquatableArray<NamedFile> files, List<DiagnosticInfo> diagnostics)
{
    /// <summary>What <c>generation_config.json</c> has a say in: ids of decoding, but not a table's row that is counted from one.</summary>
    private static readonly string[] TokenOptions = ["StartToken", "EndToken", "PadToken"];

    private readonly Dictionary<string, OptionValue> _written = declaration.Options.ToDictionary(static option => option.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, OptionValue> _options = new(StringComparer.Ordinal);

    /// <summary>Reads the file, and the one beside it that says how to decode; null where either cannot be used, which is reported.</summary>
    public ConfigSource? Parse()
    {
        ConfigDocument? config = ConfigDocument.Read(file, diagnostics);
        NamedFile? beside = Companion.Find(Companion.Generation, file, files, diagnostics, declaration.ConfigLocation);
        ConfigDocument? generation = beside is null ? null : ConfigDocument.Read(beside, diagnostics);
        if (config is null || (beside is not null && generation is null) || Schema(config) is not { } schema)
        {
            return null;
        }

        foreach (ConfigField field in schema.Fields)
        {
            Apply(field, config, generation);
        }

        RefuseUnknown(config, schema.Fields.Select(static field => field.Name), $"it is no known field of a {schema.ModelType} model");
        if (generation is not null)
        {
            RefuseUnknown(generation, GenerationFields.Names, "it is no known argument of Hugging Face's generate");
        }

        return new(schema, config, generation, new(_options.Values.Concat(declaration.Options), declaration.Location));
    }

    private ConfigSchema? Schema(ConfigDocument config)
    {
        JsonValue? type = config.Find("model_type");
        string known = string.Join(", ", ConfigSchema.All.Select(static schema => schema.ModelType));
        if (type is not { Kind: JsonKind.String })
        {
            diagnostics.Add(new("FW0107", new([$"{config.Name} without a model_type", $"it says which family the model belongs to; those that are generated are {known}"]), declaration.ConfigLocation));
            return null;
        }

        if (ConfigSchema.All.FirstOrDefault(schema => schema.ModelType == type.Text) is { } found)
        {
            return found;
        }

        diagnostics.Add(config.Refusal(type, $"model_type \"{JsonText.Printable(type.Text)}\"", $"the families that are generated are {known}"));
        return null;
    }

    private void Apply(ConfigField field, ConfigDocument config, ConfigDocument? generation)
    {
        switch (field)
        {
            case OptionField option:
                Set(option, config, generation);
                break;
            case FixedField expected when config.Find(field.Name) is { } value && JsonText.Compact(value) != expected.Value:
                Refuse(config, field, value, $"{expected.Reason}; only {expected.Value} is generated");
                break;
        }
    }

    private void Set(OptionField field, ConfigDocument config, ConfigDocument? generation)
    {
        JsonValue? general = Valid(field, field.Options, config, out bool isConfigRefused);
        string[] tokens = [.. field.Options.Intersect(TokenOptions)];
        bool isGenerationRefused = false;
        JsonValue? better = generation is null || tokens.Length == 0 ? null : Valid(field, tokens, generation, out isGenerationRefused);
        if (isConfigRefused || isGenerationRefused)
        {
            return;
        }

        bool asked = false;
        foreach (string name in field.Options)
        {
            (ConfigDocument from, JsonValue? value) = better is not null && tokens.Contains(name) ? (generation!, better) : (config, general);
            if (IsWritten(field, name, from, value))
            {
                continue;
            }

            if (value is null && field.Absent is null)
            {
                // One message a field, although it may set several options.
                if (!asked && !field.MayBeAbsent)
                {
                    asked = true;
                    diagnostics.Add(new("FW0003", new([declaration.Name, name + " = …", $"{config.Name} has no {field.Name}"]), declaration.ConfigLocation));
                }

                continue;
            }

            object? read = value is null ? field.Absent : FieldReader.Read(field.Kind, name, value);
            _options[name] = new(name, read, value is null ? declaration.ConfigLocation : from.Place(value));
            if (from == generation && general is not null && !read!.Equals(FieldReader.Read(field.Kind, name, general)))
            {
                Overrides($"{from.Name}'s {field.Name}", FieldReader.Display(field.Kind, read), field, config, general, from.Place(value!));
            }
        }
    }

    /// <summary>A field's value in a file; null where it is absent, or, which is reported, holds something else than its options do.</summary>
    private JsonValue? Valid(OptionField field, string[] options, ConfigDocument document, out bool isRefused)
    {
        JsonValue? value = document.Find(field.Name);
        isRefused = value is not null && options.Any(name => FieldReader.Read(field.Kind, name, value) is null);
        if (!isRefused)
        {
            return value;
        }

        Refuse(document, field, value!, FieldReader.Expected(field.Kind));
        return null;
    }

    /// <summary>Whether the attribute says otherwise; where it contradicts the file, the user is told.</summary>
    private bool IsWritten(OptionField field, string name, ConfigDocument from, JsonValue? value)
    {
        string? by = _written.ContainsKey(name) ? name : field.Overriding is { } general && _written.ContainsKey(general) ? general : null;
        if (by is null)
        {
            return false;
        }

        // Lengths are chosen below what a model was trained for as a matter of course.
        OptionValue option = _written[by];
        bool isChoice = name is "SourceLength" or "TargetLength";
        if (value is not null && !isChoice && option.Value is { } chosen && !chosen.Equals(FieldReader.Read(field.Kind, name, value)))
        {
            Overrides(by, FieldReader.Display(field.Kind, chosen), field, from, value, option.Location ?? declaration.Location);
        }

        return true;
    }

    private void Overrides(string winner, string value, OptionField field, ConfigDocument from, JsonValue overridden, LocationInfo? location)
    {
        DiagnosticInfo told = new("FW0109", new([winner, value, field.Name, JsonText.Short(overridden), from.Name]), location);
        if (!diagnostics.Contains(told))
        {
            diagnostics.Add(told);
        }
    }

    private void RefuseUnknown(ConfigDocument document, IEnumerable<string> names, string reason)
    {
        var known = new HashSet<string>(names.Concat(declaration.IgnoredConfigFields), StringComparer.Ordinal);
        foreach (JsonMember member in document.Members.Where(member => !known.Contains(member.Name)))
        {
            diagnostics.Add(document.Refusal(member.Value, JsonText.Printable(member.Name), $"{reason}; where it does not change what the model computes, name it in IgnoredConfigFields"));
        }
    }

    private void Refuse(ConfigDocument document, ConfigField field, JsonValue value, string why) =>
        diagnostics.Add(document.Refusal(value, $"{field.Name} = {JsonText.Short(value)}", why));
}
