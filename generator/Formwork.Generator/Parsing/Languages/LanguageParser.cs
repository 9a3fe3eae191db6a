using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Formwork.Generator.Parsing.Config;
using Formwork.Generator.Parsing.Files;
using Formwork.Generator.Parsing.Json;

namespace Formwork.Generator.Parsing.Languages;

/// <summary>
/// Finds the languages of a checkpoint in the files beside its <c>config.json</c>. Ids that a file gives count; where files give but the order, the ids
/// follow from the rule of the tokeniser's class (<see cref="LanguageOrder"/>), and where that has none there are no languages.
/// </summary>
internal sealed class LanguageParser(ConfigSource source, TransformerSpec spec, EquatableArray<NamedFile> files, Declaration declaration, List<DiagnosticInfo> diagnostics)
{
    private readonly Dictionary<string, FoundLanguage> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<int, FoundLanguage> _byId = [];

    private string ModelType => source.Schema.ModelType;

    /// <summary>Reads the languages; null where there are none.</summary>
    public LanguagesSpec? Parse()
    {
        if (ModelType is not ("marian" or "mbart" or "m2m_100"))
        {
            return null;
        }

        if (ModelType == "marian")
        {
            return Open(Companion.Vocabulary) is { } vocabulary ? Ids(vocabulary, vocabulary.Root) : null;
        }

        ConfigDocument? tokenizer = Open(Companion.Tokenizer);
        ConfigDocument? added = Open(Companion.AddedTokens);
        ConfigDocument? special = Open(Companion.SpecialTokens);
        if (tokenizer is not null)
        {
            Decoder(tokenizer);
        }

        return added is null ? Known() ?? Order(tokenizer, special) : Ids(added, added.Root) ?? Order(tokenizer, special);
    }

    private ConfigDocument? Open(string name) => Companion.Find(name, source.Config.File, files, diagnostics, declaration.ConfigLocation) is { } file ? ConfigDocument.Read(file, diagnostics) : null;

    /// <summary><c>added_tokens_decoder</c>: ids to what they stand for.</summary>
    private void Decoder(ConfigDocument document)
    {
        const string Field = "added_tokens_decoder";
        if (document.Find(Field) is not { } decoder)
        {
            return;
        }

        foreach (JsonMember member in Object(document, Field, decoder))
        {
            JsonValue? content = member.Value.Kind == JsonKind.Object ? member.Value.Members.FirstOrDefault(static part => part.Name == "content")?.Value : null;
            if (content is not { Kind: JsonKind.String } || !int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                diagnostics.Add(document.Refusal(member.Value, $"{Field}'s \"{JsonText.Printable(member.Name)}\" = {JsonText.Short(member.Value)}", "an id, and an object with its content, was expected"));
                continue;
            }

            Add(document, content.Text, id, content);
        }
    }

    /// <summary>Tokens to their ids; null where none is a language.</summary>
    private LanguagesSpec? Ids(ConfigDocument document, JsonValue tokens)
    {
        foreach (JsonMember member in tokens.Members.Where(member => LanguageCode.Of(ModelType, member.Name) is not null))
        {
            if (member.Value.Kind == JsonKind.Number && int.TryParse(member.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                Add(document, member.Name, id, member.Value);
            }
            else
            {
                diagnostics.Add(document.Refusal(member.Value, $"\"{JsonText.Printable(member.Name)}\" = {JsonText.Short(member.Value)}", "an id from 0 was expected"));
            }
        }

        return Known();
    }

    private IEnumerable<JsonMember> Object(ConfigDocument document, string field, JsonValue value)
    {
        if (value.Kind != JsonKind.Object)
        {
            diagnostics.Add(document.Refusal(value, $"{field} = {JsonText.Short(value)}", "an object of ids was expected"));
        }

        return value.Members;
    }

    private void Add(ConfigDocument document, string token, int id, JsonValue place)
    {
        if (LanguageCode.Of(ModelType, token) is not { } code)
        {
            return;
        }

        // A language's token is read by the encoder, and by the decoder where it begins a target.
        int vocabulary = ModelType == "marian" ? spec.SourceVocabSize : spec.TargetVocabSize;
        string what = $"{JsonText.Printable(token)} = {id.ToString(CultureInfo.InvariantCulture)}";
        if (id >= vocabulary)
        {
            diagnostics.Add(document.Refusal(place, what, $"ids of the model lie between 0 and {(vocabulary - 1).ToString(CultureInfo.InvariantCulture)}: the tokeniser and the model do not belong together"));
        }
        else if (_found.TryGetValue(code, out FoundLanguage known) && known.Id != id)
        {
            diagnostics.Add(document.Refusal(place, what, $"{known.File} says {known.Id.ToString(CultureInfo.InvariantCulture)}"));
        }
        else if (_byId.TryGetValue(id, out FoundLanguage other) && other.Token != token)
        {
            diagnostics.Add(document.Refusal(place, what, $"{JsonText.Printable(other.Token)} of {other.File} has that id"));
        }
        else
        {
            _found[code] = _byId[id] = new(token, id, document.Name);
        }
    }

    private LanguagesSpec? Known()
    {
        string names = string.Join(" and ", _found.Values.Select(static language => language.File).Distinct());
        return _found.Count == 0 ? null : Languages(names, $"from {names}", _found.Select(static pair => (pair.Key, pair.Value.Token, pair.Value.Id)));
    }

    private LanguagesSpec? Order(ConfigDocument? tokenizer, ConfigDocument? special)
    {
        if (new[] { tokenizer, special }.FirstOrDefault(static document => document?.Find(LanguageOrder.Field) is not null) is not { } document
            || LanguageOrder.Tokens(document, diagnostics) is not { } tokens)
        {
            return null;
        }

        string[] codes = [.. tokens.Select(token => LanguageCode.Of(ModelType, token)).OfType<string>()];
        if (codes.Length == 0)
        {
            return null;
        }

        if (codes.Length < tokens.Count || LanguageOrder.Of(tokens, spec, tokenizer) is not { } order)
        {
            Tell(document.Name, $"{codes.Length.ToString(CultureInfo.InvariantCulture)} codes of {LanguageOrder.Field}, whose ids no file says");
            return null;
        }

        return Languages(document.Name, $"from the order in {document.Name}: {order.Rule}", tokens.Select((token, index) => (LanguageCode.Of(ModelType, token)!, token, order.First + index)));
    }

    private LanguagesSpec? Languages(string names, string origin, IEnumerable<(string Code, string Token, int Id)> all)
    {
        var found = all.OrderBy(static language => language.Id).ToList();
        string[] unwritable = [.. found.Select(static language => language.Code).Where(static code => !LanguageCode.IsIdentifier(code))];
        if (unwritable.Length > 0)
        {
            Tell(names, string.Join(", ", unwritable.Select(JsonText.Printable)) + ", which cannot be members of an enumeration");
        }

        LanguageSpec[] items = [.. found
            .Where(static language => LanguageCode.IsIdentifier(language.Code))
            .Select(static language => new LanguageSpec(Identifiers.Escape(language.Code), language.Token, language.Id))];
        return items.Length == 0 ? null : new(origin, new(items));
    }

    private void Tell(string names, string what) => diagnostics.Add(new("FW0110", new([names, what]), declaration.ConfigLocation));

    private sealed record FoundLanguage(string Token, int Id, string File);
}
