using System.Text.Json;

namespace Formwork.Text;

/// <summary>Reads a <c>vocab.json</c>: one object whose names are tokens and whose values are their ids.</summary>
internal static class TokenTableReader
{
    private const string FetchAgain = "The file is damaged or edited; fetch it again.";
    private const string GiveVocab = "Give the model's vocab.json; tokenizer.json and configuration files are laid out otherwise.";

    /// <exception cref="VocabularyLoadException">The bytes are no usable vocabulary.</exception>
    public static TokenTable Read(ReadOnlySpan<byte> data)
    {
        FileSniffer.RefuseOtherKinds(data);
        data = FileSniffer.WithoutByteOrderMark(data, out int skipped);
        if (!data.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            throw new VocabularyLoadException(VocabularyLoadError.NotAVocabulary, 0, "a JSON object of tokens and ids", "something else", GiveVocab);
        }
        if (!Utf8.IsValid(data))
        {
            throw new VocabularyLoadException(VocabularyLoadError.InvalidText, -1, "JSON in UTF-8", "bytes that are not UTF-8", FetchAgain);
        }
        var entries = new List<Entry>();
        var json = new Utf8JsonReader(data);
        try
        {
            ReadEntries(ref json, skipped, entries);
        }
        catch (JsonException)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Malformed, skipped + json.BytesConsumed, "valid JSON", "a mistake in it, or its end", FetchAgain);
        }
        return Number(entries);
    }

    private static void ReadEntries(ref Utf8JsonReader json, int skipped, List<Entry> entries)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            long offset = skipped + json.TokenStartIndex;
            string token = Spelling(ref json, offset);
            json.Read();
            if (json.TokenType != JsonTokenType.Number)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.Malformed, offset, "a number as the id of every token", $"none for {Quoted.Of(token)}", GiveVocab);
            }
            if (!json.TryGetInt32(out int id) || id < 0)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.IdOutOfRange, offset, "whole numbers from 0 on as ids",
                    $"another number for {Quoted.Of(token)}", FetchAgain);
            }
            entries.Add(new Entry(token, id, offset));
        }
        // Reads on to the end, which finds whatever follows the object.
        json.Read();
    }

    private static string Spelling(ref Utf8JsonReader json, long offset)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.InvalidText, offset, "tokens of whole characters", "half of a surrogate pair", FetchAgain);
        }
    }

    private static TokenTable Number(List<Entry> entries)
    {
        if (entries.Count == 0)
        {
            throw new VocabularyLoadException(VocabularyLoadError.Empty, -1, "at least one token", "none", GiveVocab);
        }
        // Some files leave ids out, for tokens that were taken away or are listed elsewhere. No file leaves out most of them, and the bound keeps a
        // number in a file from deciding how much is allocated.
        int most = 2 * entries.Count;
        int count = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Id >= most)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.IdOutOfRange, entry.Offset, $"ids below {most}, twice the number of tokens",
                    $"{entry.Id} for {Quoted.Of(entry.Token)}", FetchAgain);
            }
            count = Math.Max(count, entry.Id + 1);
        }
        var tokens = new string?[count];
        var ids = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        foreach (Entry entry in entries)
        {
            if (!ids.TryAdd(entry.Token, entry.Id))
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.DuplicateSymbol, entry.Offset, "every token once",
                    $"{Quoted.Of(entry.Token)} as {ids[entry.Token]} and {entry.Id}", FetchAgain);
            }
            if (tokens[entry.Id] is { } other)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.DuplicateId, entry.Offset, "every id once",
                    $"{entry.Id} for {Quoted.Of(other)} and {Quoted.Of(entry.Token)}", FetchAgain);
            }
            tokens[entry.Id] = entry.Token;
        }
        return new TokenTable(tokens, ids);
    }

    /// <summary>A token as the file has it.</summary>
    private readonly record struct Entry(string Token, int Id, long Offset);
}
