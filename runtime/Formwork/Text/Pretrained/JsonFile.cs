using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>A small JSON object of settings. Values of another type than asked for are refused by name.</summary>
internal sealed class JsonFile
{
    private readonly string _path;

    private JsonFile(JsonElement root, string path)
    {
        Root = root;
        _path = path;
    }

    public JsonElement Root { get; }

    public static JsonFile Empty(string path) => Parse("{}"u8.ToArray(), path);

    /// <exception cref="VocabularyLoadException">The bytes are no JSON object.</exception>
    public static JsonFile Parse(byte[] utf8, string path)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw Problem(path, VocabularyLoadError.InvalidText, "JSON in UTF-8", "bytes that are not");
        }
        try
        {
            ReadOnlyMemory<byte> text = utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsMemory(3) : utf8;
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonFile(document.RootElement.Clone(), path)
                : throw Problem(path, VocabularyLoadError.Malformed, "a JSON object", $"JSON of another kind ({document.RootElement.ValueKind})");
        }
        catch (JsonException e)
        {
            throw Problem(path, VocabularyLoadError.Malformed, "valid JSON", $"an error in line {e.LineNumber + 1}");
        }
    }

    /// <summary>A field that is neither absent nor null.</summary>
    public bool TryFind(string key, out JsonElement value) =>
        Root.TryGetProperty(key, out value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string key) => TryFind(key, out JsonElement value) ? TextOf(value, key) : null;

    public bool? Flag(string key) => !TryFind(key, out JsonElement value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(key, "true or false", value),
    };

    /// <summary>A count from 0 to <paramref name="most"/>.</summary>
    public int? Count(string key, int most) => !TryFind(key, out JsonElement value)
        ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count >= 0 && count <= most
            ? count
            : throw Wrong(key, $"a number from 0 to {most}", value);

    /// <summary>A token's spelling: a string, or an object with the string as its <c>content</c>.</summary>
    public string? Token(string key) => TryFind(key, out JsonElement value) ? TokenOf(value, key) : null;

    /// <summary>A list of tokens' spellings.</summary>
    public IReadOnlyList<string>? Tokens(string key)
    {
        if (!TryFind(key, out JsonElement list))
        {
            return null;
        }
        // Some settings name further tokens by a role each rather than in a list; a role says nothing of ids.
        if (list.ValueKind == JsonValueKind.Object)
        {
            return null;
        }
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(key, "a list of tokens", list);
        }
        var tokens = new List<string>();
        foreach (JsonElement token in list.EnumerateArray())
        {
            tokens.Add(TokenOf(token, key));
        }
        return tokens;
    }

    public string TokenOf(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("content", out JsonElement content) ? TextOf(content, key) : TextOf(value, key);

    public string TextOf(JsonElement value, string key)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Wrong(key, "a string", value);
        }
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escaped half of a surrogate pair.
            throw Problem(_path, VocabularyLoadError.InvalidText, $"text as the value of {Quoted.Of(key)}", "half of a surrogate pair");
        }
    }

    public VocabularyLoadException Wrong(string key, string expected, JsonElement found) =>
        Problem(_path, VocabularyLoadError.Malformed, $"{expected} as the value of {Quoted.Of(key)}", Quoted.Of(found.GetRawText()));

    /// <summary>A setting that would change results in a way that is not supported.</summary>
    public VocabularyLoadException Unsupported(string key, string expected, string found, string advice) =>
        new(VocabularyLoadError.UnsupportedSetting, -1, $"{expected} as the value of {Quoted.Of(key)}", found, advice)
        {
            FileName = _path,
        };

    private static VocabularyLoadException Problem(string path, VocabularyLoadError error, string expected, string found) =>
        new(error, -1, expected, found, "Fetch the file again from where the model comes from, unedited.")
        {
            FileName = path,
        };
}
