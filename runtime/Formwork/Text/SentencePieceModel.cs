using System.Text;

namespace Formwork.Text;

/// <summary>
/// A SentencePiece vocabulary: turns text into token ids and back, with the same ids and the same text as the reference
/// implementation. Unigram, byte-pair, word and character models are supported.
/// </summary>
/// <remarks>
/// <para>Text is UTF-16 as everywhere in .NET; a surrogate without its partner is taken for U+FFFD. The overloads for UTF-8 take a byte
/// that belongs to no character for U+FFFD.</para>
/// <para>Text never turns into control pieces: <c>&lt;/s&gt;</c> in a text is five characters. What a model wants around its tokens is
/// added by the caller, with <see cref="BeginId"/>, <see cref="EndId"/> and <see cref="PadId"/>.</para>
/// <para>A model does not change once loaded, and may be used by any number of threads at once.</para>
/// </remarks>
public sealed partial class SentencePieceModel
{
    private const int NoPiece = -1;

    private readonly Vocabulary _vocabulary;
    private readonly Normalizer _normalizer;
    private readonly Segmenter _segmenter;
    private readonly Detokenizer _detokenizer;
    private readonly int[] _byteIds;
    private readonly NormalizerSettings _normalizerSettings;
    private readonly bool _spaceAsSuffix;

    private SentencePieceModel(ModelFile file)
    {
        _normalizerSettings = file.Normalizer;
        _spaceAsSuffix = file.TreatWhitespaceAsSuffix;
        _vocabulary = new Vocabulary(file.Pieces, file.UnknownId);
        _normalizer = new Normalizer(file.Normalizer, _vocabulary.UserDefined, file.TreatWhitespaceAsSuffix);
        _detokenizer = new Detokenizer(file, _vocabulary);
        _byteIds = file.ByteIds;
        _segmenter = file.Segmentation switch
        {
            SegmentationType.Unigram => new UnigramSegmenter(_vocabulary),
            SegmentationType.BytePair => new BytePairSegmenter(_vocabulary),
            SegmentationType.Word => new WordSegmenter(_vocabulary),
            _ => new CharacterSegmenter(_vocabulary),
        };
        BeginId = ControlId(file.BeginPiece);
        EndId = ControlId(file.EndPiece);
        PadId = ControlId(file.PadPiece);
    }

    /// <summary>The number of pieces; ids run from 0 to one less.</summary>
    public int PieceCount => _vocabulary.Pieces.Count;

    /// <summary>The id of the piece that stands for text outside the vocabulary. Every model has one.</summary>
    public int UnknownId => _vocabulary.UnknownId;

    /// <summary>The id of the mark for the beginning, or −1 if the model has none.</summary>
    public int BeginId { get; }

    /// <summary>The id of the mark for the end, or −1 if the model has none.</summary>
    public int EndId { get; }

    /// <summary>The id of the padding mark, or −1 if the model has none.</summary>
    public int PadId { get; }

    /// <summary>Loads a model file (usually <c>*.model</c> or <c>*.spm</c>).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="VocabularyLoadException">The file is no usable SentencePiece model.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a directory.</exception>
    public static SentencePieceModel Load(string path)
    {
        byte[] data = File.ReadAllBytes(path);
        try
        {
            return FromBytes(data);
        }
        catch (VocabularyLoadException problem)
        {
            problem.FileName = path;
            throw;
        }
    }

    /// <summary>Loads a model from the content of its file, which is copied where it is needed.</summary>
    /// <param name="data">The content.</param>
    /// <exception cref="VocabularyLoadException">The content is no usable SentencePiece model.</exception>
    public static SentencePieceModel FromBytes(ReadOnlySpan<byte> data) => new(ModelFileReader.Read(data));

    /// <summary>Loads a model from a stream, an embedded resource for example, which is read where it lies.</summary>
    /// <param name="stream">The content, from the stream's position to its end; it stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="VocabularyLoadException">The content is no usable SentencePiece model.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static unsafe SentencePieceModel FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream is UnmanagedMemoryStream memory && memory.Length - memory.Position <= int.MaxValue)
        {
            SentencePieceModel model = FromBytes(new ReadOnlySpan<byte>(memory.PositionPointer, (int)(memory.Length - memory.Position)));
            memory.Position = memory.Length;
            return model;
        }

        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return FromBytes(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    /// <summary>The spelling of a piece; a space is written U+2581 in it.</summary>
    /// <param name="id">The piece's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    public string PieceOf(int id) => Encoding.UTF8.GetString(_vocabulary.Pieces[Checked(id)]);

    /// <summary>What a piece is for.</summary>
    /// <param name="id">The piece's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    public PieceKind KindOf(int id) => _vocabulary.Pieces.Kinds[Checked(id)];

    /// <summary>The score of a piece: its log-probability in a unigram model, its rank among merges, negated, in a byte-pair model.</summary>
    /// <param name="id">The piece's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    public float ScoreOf(int id) => _vocabulary.Pieces.Scores[Checked(id)];

    /// <summary>The id of a piece by its spelling; <see cref="UnknownId"/> if there is no such piece, as in the reference.</summary>
    /// <param name="piece">The exact spelling, with U+2581 for a space.</param>
    public int IdOf(ReadOnlySpan<char> piece) => TryGetId(piece, out int id) ? id : UnknownId;

    /// <summary>Finds the id of a piece by its spelling.</summary>
    /// <param name="piece">The exact spelling, with U+2581 for a space.</param>
    /// <param name="id">The id, or −1.</param>
    /// <returns>Whether there is such a piece.</returns>
    public bool TryGetId(ReadOnlySpan<char> piece, out int id)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(piece, ref utf8);
        id = _vocabulary.Find(utf8.Items);
        utf8.Dispose();
        return id != NoPiece;
    }

    private int ControlId(string piece) => TryGetId(piece, out int id) && KindOf(id) == PieceKind.Control ? id : NoPiece;

    private int Checked(int id)
    {
        if ((uint)id >= (uint)PieceCount)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, $"An id must lie between 0 and {PieceCount - 1}.");
        }
        return id;
    }
}
