namespace Formwork.Text.Pretrained;

/// <summary>A SentencePiece model under a pretrained model's own ids.</summary>
internal sealed class PieceVocabulary : ITextVocabulary
{
    private readonly SentencePieceModel _pieces;
    private readonly int[] _numbers;
    private readonly JsonVocabulary? _spellings;
    private readonly ModelTokens _table;

    /// <param name="pieces">Cuts texts.</param>
    /// <param name="numbers">The id of each of its pieces; never a mark's.</param>
    /// <param name="table">What ids stand for in targets.</param>
    /// <param name="spellings">Ids by spelling, of text too that is no piece; null where pieces alone have ids.</param>
    public PieceVocabulary(SentencePieceModel pieces, int[] numbers, ModelTokens table, JsonVocabulary? spellings = null)
    {
        _pieces = pieces;
        _numbers = numbers;
        _table = table;
        _spellings = spellings;
    }

    public int Count => _table.Count;

    public void Encode(ReadOnlySpan<char> text, List<int> ids) => _pieces.Encode(text, _numbers, _spellings, ids);

    /// <summary>A vocabulary of the same ids that cuts with a model of the same pieces.</summary>
    public PieceVocabulary With(SentencePieceModel pieces) => new(pieces, _numbers, _table, _spellings);

    public string Decode(ReadOnlySpan<int> ids)
    {
        string text = JoinedText.Of(_table, ids);
        ReadOnlySpan<char> trimmed = Blanks.TrimEnd(Blanks.TrimStart(text));
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    public StreamingDecoder CreateStreamingDecoder() => new TrimmedStream(new SentencePieceStream(_table, _table.Count), _table.Count);

    public bool TryGetId(ReadOnlySpan<char> token, out int id)
    {
        if (_spellings is not null && _spellings.TryGetId(token, out id))
        {
            return true;
        }
        if (_table.Ids.TryGetValue(token, out id))
        {
            return true;
        }
        bool isFound = _spellings is null && _pieces.TryGetId(token, out id) && _pieces.KindOf(id) is not (PieceKind.Control or PieceKind.Unknown);
        id = isFound ? _numbers[id] : -1;
        return isFound;
    }
}
