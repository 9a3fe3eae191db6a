using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Formwork.Text.Pretrained;

/// <summary>A vocabulary file that numbers spellings, <c>{"▁the": 12, …}</c>: every id from 0 to one less than there are entries, once.</summary>
internal sealed class JsonVocabulary : SentencePieceModel.IUnknownNumbers
{
    private const string Unedited = "Fetch the file again from where the model comes from, unedited.";

    private readonly PieceStore _spellings;
    private readonly PieceTrie _byText;
    private readonly bool[] _isMark;

    private JsonVocabulary(PieceStore spellings, string path)
    {
        _spellings = spellings;
        int[] sorted = spellings.SortedIdsWhere(static _ => true);
        for (int i = 1; i < sorted.Length; i++)
        {
            if (spellings[sorted[i]].SequenceEqual(spellings[sorted[i - 1]]))
            {
                throw Problem(path, VocabularyLoadError.DuplicateSymbol, -1, "every spelling once", $"'{this[sorted[i]]}' as {sorted[i - 1]} and {sorted[i]}");
            }
        }
        _byText = new PieceTrie(spellings, sorted);
        _isMark = new bool[spellings.Count];
    }

    public int Count => _spellings.Count;

    /// <summary>The id of text that has none.</summary>
    public int UnknownId { get; private set; }

    public string this[int id] => Encoding.UTF8.GetString(_spellings[id]);

    /// <exception cref="VocabularyLoadException">The file is absent or no such vocabulary.</exception>
    public static JsonVocabulary Load(PretrainedFiles files, string name)
    {
        byte[] utf8 = files.JsonBytes(name);
        string path = files.PathOf(name);
        try
        {
            return new JsonVocabulary(ById(utf8, path), path);
        }
        catch (JsonException e)
        {
            throw Problem(path, VocabularyLoadError.Malformed, -1, "valid JSON", $"an error in line {e.LineNumber + 1}");
        }
        catch (InvalidOperationException)
        {
            // The reader's word for bytes that are not UTF-8, and for an escaped half of a surrogate pair.
            throw Problem(path, VocabularyLoadError.InvalidText, -1, "spellings in UTF-8", "one that is not");
        }
    }

    /// <summary>Says that a spelling is a mark, which texts never turn into.</summary>
    public void Mark(int id) => _isMark[id] = true;

    /// <summary>Finds the unknown token, without which no text can be cut.</summary>
    public void RequireUnknown(string name, string path) => UnknownId = Require(name, path);

    /// <summary>Finds a token that must be there, and makes it a mark.</summary>
    /// <exception cref="VocabularyLoadException">It is not there.</exception>
    public int Require(string name, string path)
    {
        if (!TryGetId(name, out int id))
        {
            throw Problem(path, VocabularyLoadError.MissingToken, -1, $"the token '{name}'", "none spelled so");
        }
        Mark(id);
        return id;
    }

    public bool TryGetId(ReadOnlySpan<char> spelling, out int id)
    {
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(spelling.Length));
        id = _byText.Find(utf8.AsSpan(0, Encoding.UTF8.GetBytes(spelling, utf8)));
        ArrayPool<byte>.Shared.Return(utf8);
        return id != PieceTrie.None;
    }

    /// <summary>The id of a part of a text: unknown if nothing is spelled so, or only a mark.</summary>
    public int NumberOf(ReadOnlySpan<byte> spelling)
    {
        int id = _byText.Find(spelling);
        return id == PieceTrie.None || _isMark[id] ? UnknownId : id;
    }

    /// <summary>The ids of a model's pieces by their spellings.</summary>
    public int[] NumbersOf(SentencePieceModel pieces)
    {
        var numbers = new int[pieces.PieceCount];
        for (int piece = 0; piece < numbers.Length; piece++)
        {
            numbers[piece] = pieces.KindOf(piece) is PieceKind.Control or PieceKind.Unknown
                ? UnknownId
                : NumberOf(Encoding.UTF8.GetBytes(pieces.PieceOf(piece)));
        }
        return numbers;
    }

    /// <summary>Reads the entries in any order and returns them in that of their ids.</summary>
    private static PieceStore ById(byte[] utf8, string path)
    {
        var json = new Utf8JsonReader(utf8.AsSpan().StartsWith("\uFEFF"u8) ? utf8.AsSpan(3) : utf8);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw Problem(path, VocabularyLoadError.Malformed, 0, "a JSON object of spellings and ids", $"{json.TokenType}");
        }
        var entries = new PieceStore();
        var ids = new List<int>();
        var offsets = new List<long>();
        byte[] spelling = new byte[256];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            offsets.Add(json.TokenStartIndex);
            if (json.ValueSpan.Length > spelling.Length)
            {
                spelling = new byte[json.ValueSpan.Length];
            }
            int length = json.CopyString(spelling);
            if (length == 0)
            {
                throw Problem(path, VocabularyLoadError.EmptySymbol, offsets[^1], "a spelling", "an empty one");
            }
            entries.Add(spelling.AsSpan(0, length), 0, PieceKind.Normal);
            json.Read();
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out int id) || id < 0)
            {
                throw Problem(
                    path, VocabularyLoadError.IdOutOfRange, json.TokenStartIndex, "an id from 0",
                    json.TokenType == JsonTokenType.Number ? Encoding.UTF8.GetString(json.ValueSpan) : $"{json.TokenType}");
            }
            ids.Add(id);
        }
        while (json.Read())
        {
        }
        return InOrder(entries, ids, offsets, path);
    }

    private static PieceStore InOrder(PieceStore entries, List<int> ids, List<long> offsets, string path)
    {
        if (ids.Count == 0)
        {
            throw Problem(path, VocabularyLoadError.Empty, -1, "spellings and ids", "none");
        }
        int[] entryOf = new int[ids.Count];
        Array.Fill(entryOf, -1);
        for (int entry = 0; entry < ids.Count; entry++)
        {
            int id = ids[entry];
            if (id >= ids.Count)
            {
                throw Problem(
                    path, VocabularyLoadError.IdOutOfRange, offsets[entry], $"ids without a gap, from 0 to {ids.Count - 1} for {ids.Count} spellings", $"{id}");
            }
            if (entryOf[id] >= 0)
            {
                throw Problem(
                    path, VocabularyLoadError.DuplicateId, offsets[entry], "every id once",
                    $"{id} for '{Encoding.UTF8.GetString(entries[entryOf[id]])}' and '{Encoding.UTF8.GetString(entries[entry])}'");
            }
            entryOf[id] = entry;
        }
        var ordered = new PieceStore();
        foreach (int entry in entryOf)
        {
            ordered.Add(entries[entry], 0, PieceKind.Normal);
        }
        return ordered;
    }

    private static VocabularyLoadException Problem(string path, VocabularyLoadError error, long offset, string expected, string found) =>
        new(error, offset, expected, found, Unedited) { FileName = path };
}
