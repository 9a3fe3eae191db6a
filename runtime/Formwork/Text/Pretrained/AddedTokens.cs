using System.Globalization;
using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>
/// Reads the added tokens that a directory's files number: <c>added_tokens_decoder</c> of <c>tokenizer_config.json</c>, or else <c>added_tokens.json</c>, or
/// else <c>added_tokens</c> of <c>tokenizer.json</c>. The first that is there counts, since they say the same with less and less.
/// </summary>
internal static class AddedTokens
{
    private const string Numbered = "added_tokens_decoder";

    /// <param name="files">The directory.</param>
    /// <param name="isMark">Which spellings are marks of the kind of tokeniser, where the file does not say.</param>
    /// <exception cref="VocabularyLoadException">The file is damaged, or has a token that is not supported.</exception>
    public static IReadOnlyList<AddedToken> Read(PretrainedFiles files, Predicate<string>? isMark = null)
    {
        var tokens = new List<AddedToken>();
        if (files.Config.TryFind(Numbered, out JsonElement decoder))
        {
            ReadNumbered(files.Config, decoder, tokens);
        }
        else if (files.Json(PretrainedFiles.AddedTokens) is { } added)
        {
            ReadSpelled(files, added, isMark, tokens);
        }
        else if (files.Has(PretrainedFiles.TokenizerJson))
        {
            JsonFile file = TokenizerJson.AddedTokens(files.JsonBytes(PretrainedFiles.TokenizerJson), files.PathOf(PretrainedFiles.TokenizerJson));
            ReadListed(file, tokens);
        }
        return tokens;
    }

    /// <summary><c>{"32099": {"content": "&lt;extra_id_0&gt;", …}}</c>.</summary>
    private static void ReadNumbered(JsonFile file, JsonElement decoder, List<AddedToken> tokens)
    {
        if (decoder.ValueKind != JsonValueKind.Object)
        {
            throw file.Wrong(Numbered, "an object", decoder);
        }
        foreach (JsonProperty token in decoder.EnumerateObject())
        {
            string key = NameOf(token, file);
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                throw file.Wrong(Numbered, "an id as every name", token.Value);
            }
            tokens.Add(Described(file, token.Value, id, Numbered));
        }
    }

    /// <summary><c>[{"id": 32099, "content": "&lt;extra_id_0&gt;", …}]</c>.</summary>
    private static void ReadListed(JsonFile file, List<AddedToken> tokens)
    {
        const string Key = "added_tokens";
        if (!file.TryFind(Key, out JsonElement list))
        {
            return;
        }
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw file.Wrong(Key, "a list", list);
        }
        foreach (JsonElement token in list.EnumerateArray())
        {
            if (token.ValueKind != JsonValueKind.Object || !token.TryGetProperty("id", out JsonElement number) || number.ValueKind != JsonValueKind.Number
                || !number.TryGetInt32(out int id) || id < 0)
            {
                throw file.Wrong(Key, "tokens with an id from 0", token);
            }
            tokens.Add(Described(file, token, id, Key));
        }
    }

    /// <summary><c>{"&lt;extra_id_0&gt;": 32099}</c>: which of them are special the other files say.</summary>
    private static void ReadSpelled(PretrainedFiles files, JsonFile added, Predicate<string>? isMark, List<AddedToken> tokens)
    {
        HashSet<string> special = SpecialNames(files);
        foreach (JsonProperty token in added.Root.EnumerateObject())
        {
            string content = NameOf(token, added);
            if (token.Value.ValueKind != JsonValueKind.Number || !token.Value.TryGetInt32(out int id) || id < 0)
            {
                throw added.Wrong(content, "an id from 0", token.Value);
            }
            if (content.Length == 0)
            {
                throw added.Wrong(content, "a spelling for the token", token.Value);
            }
            tokens.Add(new AddedToken(content, id, special.Contains(content) || isMark?.Invoke(content) == true));
        }
    }

    private static AddedToken Described(JsonFile file, JsonElement token, int id, string key)
    {
        if (token.ValueKind != JsonValueKind.Object || !token.TryGetProperty("content", out JsonElement content))
        {
            throw file.Wrong(key, "tokens with a content", token);
        }
        string text = file.TextOf(content, key);
        if (text.Length == 0)
        {
            throw file.Wrong(key, "tokens that are spelled somehow", token);
        }
        bool isSpecial = Flag("special");
        return Flag("single_word") && !isSpecial
            ? throw file.Unsupported(key, "added tokens that may stand inside words", $"{Quoted.Of(text)} with single_word", "Put the tokeniser's own library behind ITokenizer.")
            : new AddedToken(text, id, isSpecial, Flag("lstrip"), Flag("rstrip"));

        bool Flag(string name) => token.TryGetProperty(name, out JsonElement flag) && flag.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw file.Wrong(name, "true or false", flag),
        };
    }

    private static HashSet<string> SpecialNames(PretrainedFiles files)
    {
        HashSet<string> names = [.. files.AdditionalSpecialTokens() ?? []];
        foreach (string key in new[] { "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token" })
        {
            if ((files.Config.Token(key) ?? files.SpecialTokens.Token(key)) is { } name)
            {
                names.Add(name);
            }
        }
        return names;
    }

    private static string NameOf(JsonProperty property, JsonFile file)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw file.Wrong("added tokens", "names that are text", property.Value);
        }
    }
}
