using System.Text;

namespace Formwork.Text.Pretrained;

/// <summary>The <c>vocab.json</c> of a SentencePiece family: it numbers spellings, from 0 on without a gap, and some of them are marks.</summary>
internal sealed class JsonVocabulary : SentencePieceModel.IUnknownNumbers
{
    private readonly TokenTable _spellings;
    private readonly string _path;
    private readonly bool[] _isMark;

    private JsonVocabulary(TokenTable spellings, string path)
    {
        _spellings = spellings;
        _path = path;
        _isMark = new bool[spellings.Count];
    }

    public int Count => _spellings.Count;

    /// <summary>The id of text that has none.</summary>
    public int UnknownId { get; private set; }

    public string this[int id] => _spellings[id]!;

    /// <exception cref="VocabularyLoadException">The file is absent or no such vocabulary.</exception>
    public static JsonVocabulary Load(PretrainedFiles files, string name, string unknownToken)
    {
        byte[] utf8 = files.JsonBytes(name);
        string path = files.PathOf(name);
        try
        {
            var vocabulary = new JsonVocabulary(TokenTableReader.Read(utf8), path);
            vocabulary.RefuseGaps();
            vocabulary.UnknownId = vocabulary.Require(unknownToken);
            return vocabulary;
        }
        catch (VocabularyLoadException problem)
        {
            problem.FileName = path;
            throw;
        }
    }

    /// <summary>Says that a spelling is a mark, which texts never turn into.</summary>
    public void Mark(int id) => _isMark[id] = true;

    /// <summary>Finds a token that must be there, and makes it a mark.</summary>
    /// <exception cref="VocabularyLoadException">It is not there.</exception>
    public int Require(string token)
    {
        if (!TryGetId(token, out int id))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.MissingToken, -1, $"the token {Quoted.Of(token)}", "none spelled so", "The files are of different models; fetch them together.")
            {
                FileName = _path,
            };
        }
        Mark(id);
        return id;
    }

    public bool TryGetId(ReadOnlySpan<char> spelling, out int id) => _spellings.TryGetId(spelling, out id);

    /// <summary>The id of a part of a text: unknown if nothing is spelled so, or only a mark.</summary>
    public int NumberOf(ReadOnlySpan<byte> spelling)
    {
        var text = new PooledList<char>(stackalloc char[128]);
        int length = Encoding.UTF8.GetChars(spelling, text.Extend(spelling.Length));
        int number = NumberOf(text.Items[..length]);
        text.Dispose();
        return number;
    }

    /// <summary>The ids of a model's pieces by their spellings.</summary>
    public int[] NumbersOf(SentencePieceModel pieces)
    {
        var numbers = new int[pieces.PieceCount];
        for (int piece = 0; piece < numbers.Length; piece++)
        {
            bool isText = pieces.KindOf(piece) is not (PieceKind.Control or PieceKind.Unknown);
            numbers[piece] = isText ? NumberOf(pieces.PieceOf(piece)) : UnknownId;
        }
        return numbers;
    }

    private int NumberOf(ReadOnlySpan<char> spelling) => TryGetId(spelling, out int id) && !_isMark[id] ? id : UnknownId;

    private void RefuseGaps()
    {
        for (int id = 0; id < Count; id++)
        {
            if (_spellings[id] is null)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.IdOutOfRange, -1, $"all ids from 0 to {Count - 1}", $"no spelling for {id}",
                    "Languages and added tokens are numbered from the file's end on, so find out what was there.");
            }
        }
    }
}
