using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Files;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>
/// Turns a Hugging Face <c>config.json</c> into options, as if they had been written in the attribute. Every field is honoured, known not to matter,
/// or refused by name: a field that is passed over in silence is how a model comes to compute something else.
/// </summary>
internal sealed class ConfigParser(Declaration declaration, NamedFile file, List<DiagnosticInfo> diagnostics)
{
    private readonly Dictionary<string, OptionValue> _written = declaration.Options.ToDictionary(static option => option.Name, StringComparer.Ordinal);

    private string Text => file.Text!;

    private string FileName => file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>Reads the file; null where it cannot be used, which is reported.</summary>
    public (FamilySpec Family, AttributeOptions Options)? Parse()
    {
        if (Read() is not { } root || Schema(root) is not { } schema)
        {
            return null;
        }

        var members = root.Members.ToDictionary(static member => member.Name, StringComparer.Ordinal);
        var options = new Dictionary<string, OptionValue>(StringComparer.Ordinal);
        var decoding = new List<string>();
        foreach (ConfigField field in schema.Fields)
        {
            // A field that is null says as much as one that is absent.
            JsonMember? member = members.TryGetValue(field.Name, out JsonMember found) && found.Value.Kind != JsonKind.Null ? found : null;
            Apply(field, member, members, options, decoding);
        }

        RefuseUnknown(root, schema);
        if (decoding.Count > 0)
        {
            diagnostics.Add(new("FW0108", new([FileName, string.Join(", ", decoding)]), declaration.ConfigLocation));
        }

        return (schema.Family, new(options.Values.Concat(declaration.Options), declaration.Location));
    }

    private JsonValue? Read()
    {
        try
        {
            // A byte order mark is no part of the text.
            JsonValue root = JsonReader.Read(Text.Length > 0 && Text[0] == '\uFEFF' ? " " + Text.Substring(1) : Text);
            if (root.Kind == JsonKind.Object)
            {
                return root;
            }

            Unreadable(0, "a JSON object was expected, as Hugging Face's config.json is one");
        }
        catch (JsonException exception)
        {
            Unreadable(exception.Place, exception.Message);
        }

        return null;
    }

    private void Unreadable(int place, string message)
    {
        LocationInfo location = LocationInfo.In(file.Path, Text, place, 1);
        diagnostics.Add(new("FW0202", new([FileName, $"{location.Lines!.StartLine + 1}", message]), location));
    }

    private ConfigSchema? Schema(JsonValue root)
    {
        JsonValue? type = root.Members.FirstOrDefault(static member => member.Name == "model_type")?.Value;
        string known = string.Join(", ", ConfigSchema.All.Select(static schema => schema.ModelType));
        if (type is not { Kind: JsonKind.String })
        {
            diagnostics.Add(new("FW0107", new([$"{FileName} without a model_type", $"it says which family the model belongs to; those that are generated are {known}"]), declaration.ConfigLocation));
            return null;
        }

        if (ConfigSchema.All.FirstOrDefault(schema => schema.ModelType == type.Text) is { } found)
        {
            return found;
        }

        Refuse(type, $"model_type \"{type.Text}\" of {FileName}", $"the families that are generated are {known}");
        return null;
    }

    private void Apply(ConfigField field, JsonMember? member, Dictionary<string, JsonMember> members, Dictionary<string, OptionValue> options, List<string> decoding)
    {
        switch (field)
        {
            case OptionField option:
                Set(option, member, options);
                break;
            case FixedField expected when member is not null && JsonText.Compact(member.Value) != expected.Value:
                Refuse(member.Value, $"{field.Name} = {JsonText.Short(member.Value)} of {FileName}", $"{expected.Reason}; only {expected.Value} is generated");
                break;
            case DecodingField setting when member is not null && !IsNeutral(setting, member.Value, members):
                decoding.Add($"{field.Name} = {JsonText.Short(member.Value)} ({setting.Setting ?? "no such setting"})");
                break;
        }
    }

    private static bool IsNeutral(DecodingField field, JsonValue value, Dictionary<string, JsonMember> members)
    {
        string compact = JsonText.Compact(value);
        string pad = members.TryGetValue("pad_token_id", out JsonMember id) ? id.Value.Text : string.Empty;
        return field.Neutral.Any(neutral => neutral.Replace("pad_token_id", pad) == compact);
    }

    private void Set(OptionField field, JsonMember? member, Dictionary<string, OptionValue> options)
    {
        string[] wanted = [.. field.Options.Where(name => !IsWritten(field, name, member))];
        object? value = member is null ? field.Absent : FieldReader.Read(field.Kind, member.Value);
        if (member is not null && value is null)
        {
            Refuse(member.Value, $"{field.Name} = {JsonText.Short(member.Value)} of {FileName}", FieldReader.Expected(field.Kind));
            return;
        }

        if (value is null)
        {
            if (wanted.Length > 0 && !field.MayBeAbsent)
            {
                diagnostics.Add(new("FW0003", new([declaration.Name, wanted[0] + " = …", $"{FileName} has no {field.Name}"]), declaration.ConfigLocation));
            }

            return;
        }

        LocationInfo? location = member is null ? declaration.ConfigLocation : Place(member.Value);
        foreach (string name in wanted)
        {
            options[name] = new(name, value, location);
        }
    }

    /// <summary>Whether the attribute says otherwise; where it contradicts the file, the user is told.</summary>
    private bool IsWritten(OptionField field, string name, JsonMember? member)
    {
        string? by = _written.ContainsKey(name) ? name : field.Overriding is { } general && _written.ContainsKey(general) ? general : null;
        if (by is null)
        {
            return false;
        }

        // Lengths are chosen below what a model was trained for as a matter of course.
        OptionValue option = _written[by];
        bool isChoice = name is "SourceLength" or "TargetLength";
        if (member is not null && !isChoice && option.Value is { } value && !value.Equals(FieldReader.Read(field.Kind, member.Value)))
        {
            DiagnosticInfo told = new("FW0109", new([by, FieldReader.Display(field.Kind, value), field.Name, JsonText.Short(member.Value), FileName]), option.Location ?? declaration.Location);
            if (!diagnostics.Contains(told))
            {
                diagnostics.Add(told);
            }
        }

        return true;
    }

    private void RefuseUnknown(JsonValue root, ConfigSchema schema)
    {
        var known = new HashSet<string>(schema.Fields.Select(static field => field.Name), StringComparer.Ordinal);
        IReadOnlyList<string> ignored = new AttributeOptions(declaration.Options, null).Texts("IgnoredConfigFields");
        foreach (JsonMember member in root.Members.Where(member => member.Value.Kind != JsonKind.Null && !known.Contains(member.Name) && !ignored.Contains(member.Name)))
        {
            Refuse(member.Value, $"{JsonText.Printable(member.Name)} of {FileName}", $"it is no known field of a {schema.ModelType} model; where it does not change what the model computes, name it in IgnoredConfigFields");
        }
    }

    private LocationInfo Place(JsonValue value) => LocationInfo.In(file.Path, Text, value.Start, value.Length);

    private void Refuse(JsonValue value, string what, string why) => diagnostics.Add(new("FW0107", new([what, why]), Place(value)));
}
