using Formwork.Generator.Model;

namespace Formwork.Generator.Parsing.Config;

/// <summary>Collects default options, and what is to be said of the fields that they come from.</summary>
internal sealed class DefaultsBuilder
{
    /// <summary>What is said of a field that asks for something that Formwork does not have.</summary>
    public const string None = "no such setting";

    private readonly List<DefaultSpec> _options = [];
    private readonly Dictionary<string, string?> _notes = new(StringComparer.Ordinal);

    /// <summary>The options.</summary>
    public IReadOnlyList<DefaultSpec> Options => _options;

    /// <summary>Whether an option is set.</summary>
    public bool Has(string option) => _options.Any(set => set.Option == option);

    /// <summary>Notes what a field comes to.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">Its value as C#.</param>
    /// <param name="field">The field.</param>
    /// <param name="isWritten">Whether the value differs from the option's own default.</param>
    public void Set(string option, string value, string field, bool isWritten)
    {
        if (isWritten)
        {
            _options.Add(new(option, value, field));
        }

        if (!_notes.ContainsKey(field))
        {
            _notes.Add(field, $"{option} = {value.Replace("generation::", string.Empty)}");
        }
    }

    /// <summary>Says something else of a field; null for nothing, where it asks for nothing.</summary>
    public void Note(string field, string? note) => _notes[field] = note;

    /// <summary>What is to be said of a field; null for nothing.</summary>
    public string? NoteOf(DecodingField field) => _notes.TryGetValue(field.Name, out string? note) ? note : Unnoted(field);

    /// <summary>What is to be said of a field that became nothing.</summary>
    public static string Unnoted(DecodingField field) => field.Setting ?? None;
}
