using System.Collections.Frozen;
using System.Text;

namespace Formwork.Text;

/// <summary>
/// A vocabulary without segmentation: every symbol has an id by its position, and text is encoded character by character or, where it
/// is already separated by spaces, token by token. Grapheme-to-phoneme and transliteration models use such vocabularies.
/// </summary>
/// <remarks>
/// A character is a Unicode code point, not what a reader sees as one letter: such vocabularies list combining marks by themselves. A
/// vocabulary does not change once made, and may be used by any number of threads at once.
/// </remarks>
public sealed class CharacterVocabulary
{
    private readonly string[] _symbols;
    private readonly FrozenDictionary<string, int> _ids;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;
    private readonly int _reserved;

    private CharacterVocabulary(string[] symbols, Dictionary<string, int> ids, int reserved, int unknownId)
    {
        _symbols = symbols;
        _ids = ids.ToFrozenDictionary(StringComparer.Ordinal);
        _idsBySpan = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _reserved = reserved;
        UnknownId = unknownId;
    }

    /// <summary>The number of symbols; ids run from 0 to one less.</summary>
    public int Count => _symbols.Length;

    /// <summary>The id for what is no symbol of the vocabulary.</summary>
    public int UnknownId { get; }

    /// <summary>Makes a vocabulary whose ids are the positions of characters in a string, as configuration files give it.</summary>
    /// <param name="characters">The characters in the order of their ids.</param>
    /// <param name="unknownId">The id for all other characters.</param>
    /// <param name="reserved">
    /// How many ids at the start belong to marks (padding, start, end, unknown). The characters in their places are mere placeholders:
    /// they are never encoded to, and decode to nothing.
    /// </param>
    /// <exception cref="VocabularyLoadException">There is no character, or one occurs twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public static CharacterVocabulary FromCharacters(string characters, int unknownId, int reserved = 0)
    {
        ArgumentNullException.ThrowIfNull(characters);
        var symbols = new List<string>(characters.Length);
        foreach (Rune character in characters.EnumerateRunes())
        {
            symbols.Add(character.ToString());
        }
        if (symbols.Count == 0)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Empty, -1, "at least one character", "none", "Give the model's own list of characters.");
        }
        ArgumentOutOfRangeException.ThrowIfNegative(unknownId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unknownId, symbols.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(reserved);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reserved, symbols.Count);
        return new CharacterVocabulary([.. symbols], Number(symbols, reserved, offsets: null), reserved, unknownId);
    }

    /// <summary>
    /// Loads a vocabulary file with one symbol a line (UTF-8). Where it lacks <paramref name="unknown"/>, that is added after the last
    /// line, as the tools that write such files do on loading them.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="unknown">How the symbol for what is not in the vocabulary is spelled.</param>
    /// <exception cref="VocabularyLoadException">The file is no usable vocabulary.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    public static CharacterVocabulary FromLines(string path, string unknown = "<unk>")
    {
        byte[] data = File.ReadAllBytes(path);
        try
        {
            return FromLines(data, unknown);
        }
        catch (VocabularyLoadException problem)
        {
            problem.FileName = path;
            throw;
        }
    }

    /// <summary>Loads a vocabulary from the content of its file; see <see cref="FromLines(string, string)"/>.</summary>
    /// <param name="data">The content.</param>
    /// <param name="unknown">How the symbol for what is not in the vocabulary is spelled.</param>
    /// <exception cref="VocabularyLoadException">The content is no usable vocabulary.</exception>
    public static CharacterVocabulary FromLines(ReadOnlySpan<byte> data, string unknown = "<unk>")
    {
        ArgumentException.ThrowIfNullOrEmpty(unknown);
        List<string> symbols = LineReader.Read(data, out List<long> offsets);
        Dictionary<string, int> ids = Number(symbols, reserved: 0, offsets);
        if (!ids.TryGetValue(unknown, out int unknownId))
        {
            unknownId = symbols.Count;
            symbols.Add(unknown);
            ids.Add(unknown, unknownId);
        }
        return new CharacterVocabulary([.. symbols], ids, reserved: 0, unknownId);
    }

    /// <summary>The id of a symbol, or <see cref="UnknownId"/>.</summary>
    /// <param name="symbol">The symbol.</param>
    public int IdOf(ReadOnlySpan<char> symbol) => _idsBySpan.TryGetValue(symbol, out int id) ? id : UnknownId;

    /// <summary>The symbol with an id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    public string SymbolOf(int id)
    {
        if ((uint)id >= (uint)_symbols.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, $"An id must lie between 0 and {Count - 1}.");
        }
        return _symbols[id];
    }

    /// <summary>Turns every character of a text into an id. A surrogate without its partner is taken for U+FFFD.</summary>
    /// <param name="text">The text.</param>
    public int[] EncodeCharacters(ReadOnlySpan<char> text)
    {
        var ids = new List<int>(text.Length);
        Span<char> buffer = stackalloc char[2];
        foreach (Rune character in text.EnumerateRunes())
        {
            ids.Add(IdOf(buffer[..character.EncodeToUtf16(buffer)]));
        }
        return [.. ids];
    }

    /// <summary>Turns every token of a text, separated by white space, into an id.</summary>
    /// <param name="text">The text.</param>
    public int[] EncodeTokens(ReadOnlySpan<char> text)
    {
        var ids = new List<int>();
        while (!(text = text.TrimStart()).IsEmpty)
        {
            int length = 0;
            while (length < text.Length && !char.IsWhiteSpace(text[length]))
            {
                length++;
            }
            ids.Add(IdOf(text[..length]));
            text = text[length..];
        }
        return [.. ids];
    }

    /// <summary>Joins the symbols of ids to text; reserved ids give nothing.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="separator">What to put between symbols: nothing, or a space for tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, string separator = "")
    {
        var text = new StringBuilder();
        foreach (int id in ids)
        {
            string symbol = SymbolOf(id);
            if (!IsReserved(id))
            {
                text.Append(text.Length == 0 ? "" : separator).Append(symbol);
            }
        }
        return text.ToString();
    }

    /// <summary>Makes a decoder that is given ids one by one, as a model produces them, and tells what text each adds.</summary>
    /// <param name="separator">What to put between symbols: nothing, or a space for tokens.</param>
    public StreamingDecoder CreateStreamingDecoder(string separator = "")
    {
        ArgumentNullException.ThrowIfNull(separator);
        return new CharacterStream(this, separator);
    }

    /// <summary>Whether an id belongs to a mark, which decodes to nothing.</summary>
    internal bool IsReserved(int id) => id < _reserved;

    private static Dictionary<string, int> Number(List<string> symbols, int reserved, List<long>? offsets)
    {
        var ids = new Dictionary<string, int>(symbols.Count, StringComparer.Ordinal);
        for (int id = reserved; id < symbols.Count; id++)
        {
            if (!ids.TryAdd(symbols[id], id))
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.DuplicateSymbol, offsets is null ? -1 : offsets[id], "every symbol once",
                    $"'{symbols[id]}' as {ids[symbols[id]]} and {id}",
                    "Ids would be ambiguous; take the vocabulary from where the model comes from, unedited.");
            }
        }
        return ids;
    }
}
