namespace Formwork.Text;

/// <summary>A model's pieces with the ways to find them.</summary>
internal sealed class Vocabulary
{
    private readonly PieceTrie _reserved;

    public Vocabulary(PieceStore pieces, int unknownId)
    {
        Pieces = pieces;
        UnknownId = unknownId;
        Text = new PieceTrie(pieces, pieces.SortedIdsWhere(IsText));
        _reserved = new PieceTrie(pieces, pieces.SortedIdsWhere(kind => !IsText(kind)));
        int[] userDefined = pieces.SortedIdsWhere(kind => kind == PieceKind.UserDefined);
        UserDefined = userDefined.Length == 0 ? null : new PieceTrie(pieces, userDefined);
    }

    public PieceStore Pieces { get; }

    public int UnknownId { get; }

    /// <summary>The pieces that text can be cut into, unused ones included.</summary>
    public PieceTrie Text { get; }

    /// <summary>The symbols kept whole wherever they occur, or none.</summary>
    public PieceTrie? UserDefined { get; }

    /// <summary>Whether pieces of this kind are spelled as text is; the others' spellings are only names and live apart.</summary>
    public static bool IsText(PieceKind kind) => kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused;

    /// <summary>The id of the piece spelled <paramref name="text"/>, a name before a text piece, or <see cref="PieceTrie.None"/>.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        int id = _reserved.Find(text);
        return id == PieceTrie.None ? Text.Find(text) : id;
    }

    /// <summary>
    /// The id for a part of a text: unknown if it is no piece, and also if it is spelled like a control piece, which text must never
    /// turn into (the reference gives up on such text and returns nothing).
    /// </summary>
    public int FindInText(ReadOnlySpan<byte> text)
    {
        int id = Find(text);
        return id == PieceTrie.None || Pieces.Kinds[id] == PieceKind.Control ? UnknownId : id;
    }

    /// <summary>
    /// The length of the next indivisible part of <paramref name="text"/>: a user-defined symbol, or else a character.
    /// </summary>
    public int NextAtom(ReadOnlySpan<byte> text, out bool userDefined)
    {
        int length = UserDefined is null ? 0 : UserDefined.LongestPrefix(text);
        userDefined = length > 0;
        return userDefined ? length : Utf8.LengthByLead(text);
    }
}
