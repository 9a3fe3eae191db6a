using Formwork.Generator.Diagnostics;
using Formwork.Generator.Parsing.Files;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Config;

/// <summary>One JSON file of a model's folder: an object, with the place of everything in it.</summary>
/// <param name="File">The file.</param>
/// <param name="Root">Its object.</param>
internal sealed record ConfigDocument(NamedFile File, JsonValue Root)
{
    private readonly Dictionary<string, JsonValue> _members = Root.Members
        .Where(static member => member.Value.Kind != JsonKind.Null)
        .ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal);

    /// <summary>The file's name without its folders.</summary>
    public string Name => NameOf(File);

    /// <summary>Every member that is not null: a field that is null says as much as one that is absent.</summary>
    public IEnumerable<JsonMember> Members => Root.Members.Where(static member => member.Value.Kind != JsonKind.Null);

    /// <summary>Reads a file, or reports why it cannot be read.</summary>
    /// <param name="file">The file; its text is there.</param>
    /// <param name="diagnostics">Receives FW0202.</param>
    public static ConfigDocument? Read(NamedFile file, List<DiagnosticInfo> diagnostics)
    {
        string text = file.Text!;
        try
        {
            // A byte order mark is no part of the text.
            JsonValue root = JsonReader.Read(text.Length > 0 && text[0] == '\uFEFF' ? " " + text.Substring(1) : text);
            if (root.Kind == JsonKind.Object)
            {
                return new(file, root);
            }

            Unreadable(file, 0, $"a JSON object was expected, as Hugging Face's {NameOf(file)} is one", diagnostics);
        }
        catch (JsonException exception)
        {
            Unreadable(file, exception.Place, exception.Message, diagnostics);
        }

        return null;
    }

    /// <summary>A field's value; null where it is absent or null.</summary>
    public JsonValue? Find(string name) => _members.TryGetValue(name, out JsonValue value) ? value : null;

    /// <summary>Where a value stands.</summary>
    public LocationInfo Place(JsonValue value) => LocationInfo.In(File.Path, File.Text!, value.Start, value.Length);

    /// <summary>An FW0107 at a value of the file.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, the file's name left out.</param>
    /// <param name="why">Why it is refused.</param>
    public DiagnosticInfo Refusal(JsonValue value, string what, string why) => new("FW0107", new([$"{what} of {Name}", why]), Place(value));

    private static string NameOf(NamedFile file) => file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);

    private static void Unreadable(NamedFile file, int place, string message, List<DiagnosticInfo> diagnostics)
    {
        LocationInfo location = LocationInfo.In(file.Path, file.Text!, place, 1);
        diagnostics.Add(new("FW0202", new([NameOf(file), $"{location.Lines!.StartLine + 1}", message]), location));
    }
}
