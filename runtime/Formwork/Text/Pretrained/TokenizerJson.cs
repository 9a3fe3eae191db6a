using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>Takes from a <c>tokenizer.json</c>, which repeats the whole vocabulary, the one part that is of use beside the other files.</summary>
internal static class TokenizerJson
{
    /// <summary>A small file with nothing but <c>added_tokens</c>.</summary>
    /// <exception cref="VocabularyLoadException">The file is no JSON object.</exception>
    public static JsonFile AddedTokens(byte[] utf8, string path)
    {
        try
        {
            var json = new Utf8JsonReader(utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsSpan(3) : utf8);
            int start = utf8.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return JsonFile.Parse(utf8, path);
            }
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isWanted = json.ValueTextEquals("added_tokens"u8);
                json.Read();
                int from = start + (int)json.TokenStartIndex;
                json.Skip();
                if (isWanted)
                {
                    byte[] part = [.. "{\"added_tokens\":"u8, .. utf8.AsSpan(from..(start + (int)json.BytesConsumed)), (byte)'}'];
                    return JsonFile.Parse(part, path);
                }
            }
            return JsonFile.Empty(path);
        }
        catch (JsonException e)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Malformed, -1, "valid JSON", $"an error in line {e.LineNumber + 1}",
                "Fetch the file again from where the model comes from, unedited.")
            {
                FileName = path,
            };
        }
    }
}
