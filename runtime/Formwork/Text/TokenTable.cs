namespace Formwork.Text;

/// <summary>The tokens that a file numbers, by id and by spelling.</summary>
internal sealed class TokenTable
{
    private readonly string?[] _tokens;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _idsBySpan;

    /// <param name="tokens">The spellings by id; null where the file leaves an id out.</param>
    /// <param name="ids">The ids by spelling, compared ordinally.</param>
    public TokenTable(string?[] tokens, Dictionary<string, int> ids)
    {
        _tokens = tokens;
        _idsBySpan = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Number of ids, those left out among them: they run from 0 to one less.</summary>
    public int Count => _tokens.Length;

    /// <summary>The spelling of a token, or null where the file leaves the id out.</summary>
    public string? this[int id] => _tokens[id];

    /// <summary>Finds a token by its exact spelling.</summary>
    public bool TryGetId(ReadOnlySpan<char> token, out int id)
    {
        bool found = _idsBySpan.TryGetValue(token, out id);
        id = found ? id : -1;
        return found;
    }
}
