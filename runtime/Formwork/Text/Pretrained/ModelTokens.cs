using System.Text;

namespace Formwork.Text.Pretrained;

/// <summary>
/// What each id of a model stands for: a piece of a SentencePiece model under that model's number, a mark, or a token that is spelled out. It is also what
/// joins ids to text.
/// </summary>
internal sealed class ModelTokens : ITokenNames, IPieceJoiner
{
    private const int NoPiece = -1;

    private readonly SentencePieceModel _pieces;
    private readonly List<int> _numbers = [];
    private readonly Dictionary<int, string> _spellings = [];
    private readonly Dictionary<int, byte[]> _spelledOut = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <param name="pieces">The model that pieces are of, and by whose rules ids are joined.</param>
    public ModelTokens(SentencePieceModel pieces) => _pieces = pieces;

    public int Count => _numbers.Count;

    public Normalizer? Denormalizer => _pieces.Joiner.Denormalizer;

    /// <summary>Ids of marks and of tokens that are spelled out.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Ids => _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Numbers all pieces of the model from the id that comes next.</summary>
    public void AddPieces()
    {
        for (int piece = 0; piece < _pieces.PieceCount; piece++)
        {
            _numbers.Add(piece);
        }
    }

    /// <summary>Gives the id that comes next to a piece.</summary>
    public void AddPiece(int piece) => _numbers.Add(piece);

    /// <summary>Makes an id, the next or an earlier one or a later one, that of a mark, which has no text.</summary>
    public void SetMark(int id, string spelling)
    {
        Extend(id);
        if (_spellings.TryGetValue(id, out string? before) && _ids.GetValueOrDefault(before, NoPiece) == id)
        {
            _ids.Remove(before);
        }
        _numbers[id] = NoPiece;
        _spelledOut.Remove(id);
        _spellings[id] = spelling;
        _ids[spelling] = id;
    }

    /// <summary>Makes an id that of a token whose text is its spelling.</summary>
    public void SetSpelled(int id, string spelling)
    {
        SetMark(id, spelling);
        _spelledOut[id] = Encoding.UTF8.GetBytes(spelling);
    }

    /// <summary>Makes room for ids up to <paramref name="id"/>; those that nothing is said of have no text.</summary>
    public void Extend(int id)
    {
        while (_numbers.Count <= id)
        {
            _numbers.Add(NoPiece);
        }
    }

    /// <summary>Whether an id is a piece's.</summary>
    public bool IsPiece(int id) => _numbers[id] >= 0;

    public string TokenOf(int id) => _numbers[id] >= 0 ? _pieces.PieceOf(_numbers[id]) : _spellings.GetValueOrDefault(id, "");

    public void Append(int id, ref JoinState state, ref PooledList<byte> text)
    {
        // Models have rows that no token belongs to.
        if ((uint)id >= (uint)_numbers.Count)
        {
            return;
        }
        if (_numbers[id] is >= 0 and int piece)
        {
            _pieces.Joiner.Append(piece, ref state, ref text);
        }
        else if (_spelledOut.TryGetValue(id, out byte[]? spelling))
        {
            Detokenizer.AppendVerbatim(spelling, ref state, ref text);
        }
    }
}
