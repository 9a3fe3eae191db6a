using System.Text;

namespace Formwork.Text;

/// <summary>
/// Byte-level byte-pair encoding as GPT-2, RoBERTa and BART use it: turns text into token ids and back, from a model's <c>vocab.json</c> and
/// <c>merges.txt</c>, with the same ids and the same text as the reference implementation.
/// </summary>
/// <remarks>
/// <para>Every text has tokens, since each byte of its UTF-8 has one. Text is UTF-16 as everywhere in .NET; a surrogate without its partner is
/// taken for U+FFFD.</para>
/// <para>Text never turns into marks: <c>&lt;/s&gt;</c> in a text is four characters. What a model wants around its tokens is added by the
/// caller.</para>
/// <para>A vocabulary does not change once loaded, and may be used by any number of threads at once.</para>
/// </remarks>
public sealed partial class ByteLevelBpe : ITextVocabulary, IByteTokens
{
    private static readonly string[] BartMarks = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"];

    private readonly TokenTable _tokens;
    private readonly TokenMerges _merges;
    private readonly byte[] _bytes;
    private readonly int[] _ends;
    private readonly bool _addPrefixSpace;

    private ByteLevelBpe(TokenTable tokens, TokenMerges merges, ReadOnlySpan<bool> isMark, bool addPrefixSpace)
    {
        _tokens = tokens;
        _merges = merges;
        _addPrefixSpace = addPrefixSpace;
        _ends = new int[tokens.Count];
        var bytes = new List<byte>();
        for (int id = 0; id < _ends.Length; id++)
        {
            if (!isMark[id])
            {
                AppendBytes(tokens[id] ?? "", bytes);
            }
            _ends[id] = bytes.Count;
        }
        _bytes = [.. bytes];
    }

    /// <summary>Number of ids, those that the file leaves out among them: they run from 0 to one less.</summary>
    public int Count => _tokens.Count;

    string IByteTokens.Replacement => "\uFFFD";

    /// <summary>Loads a vocabulary from its two files.</summary>
    /// <param name="vocabPath">The tokens and their ids, usually <c>vocab.json</c>.</param>
    /// <param name="mergesPath">The merges, usually <c>merges.txt</c>.</param>
    /// <param name="addPrefixSpace">
    /// Whether a text that does not begin with a space is given one, so that its first word has the tokens that it would have inside a
    /// sentence: <c>add_prefix_space</c> of a model's <c>tokenizer_config.json</c>. BART's is false.
    /// </param>
    /// <param name="marks">
    /// The spellings of the tokens that are marks: they decode to nothing, and text never turns into them. Those that the file does not have are
    /// passed over. Null for BART's <c>&lt;s&gt;</c>, <c>&lt;pad&gt;</c>, <c>&lt;/s&gt;</c>, <c>&lt;unk&gt;</c> and <c>&lt;mask&gt;</c>.
    /// </param>
    /// <exception cref="VocabularyLoadException">A file is not usable; <see cref="VocabularyLoadException.FileName"/> says which.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read, or is a directory.</exception>
    public static ByteLevelBpe Load(string vocabPath, string mergesPath, bool addPrefixSpace = false, IReadOnlyCollection<string>? marks = null)
    {
        byte[] vocab = File.ReadAllBytes(vocabPath);
        byte[] merges = File.ReadAllBytes(mergesPath);
        string path = vocabPath;
        try
        {
            TokenTable tokens = TokenTableReader.Read(vocab);
            int[] byteIds = FindBytes(tokens);
            path = mergesPath;
            return Create(tokens, byteIds, merges, addPrefixSpace, marks);
        }
        catch (VocabularyLoadException problem)
        {
            problem.FileName = path;
            throw;
        }
    }

    /// <summary>Loads a vocabulary from the content of its two files; see <see cref="Load"/>.</summary>
    /// <param name="vocab">The content of <c>vocab.json</c>.</param>
    /// <param name="merges">The content of <c>merges.txt</c>.</param>
    /// <param name="addPrefixSpace">Whether a text that does not begin with a space is given one.</param>
    /// <param name="marks">The spellings of the tokens that are marks; null for BART's.</param>
    /// <exception cref="VocabularyLoadException">The content is not usable.</exception>
    public static ByteLevelBpe FromBytes(
        ReadOnlySpan<byte> vocab, ReadOnlySpan<byte> merges, bool addPrefixSpace = false, IReadOnlyCollection<string>? marks = null)
    {
        TokenTable tokens = TokenTableReader.Read(vocab);
        return Create(tokens, FindBytes(tokens), merges, addPrefixSpace, marks);
    }

    /// <summary>The spelling of a token in its file, where <c>Ġ</c> is a space and other characters stand for bytes too.</summary>
    /// <param name="id">The token's id.</param>
    /// <returns>The spelling; null where the file leaves the id out.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    public string? TokenOf(int id) =>
        (uint)id < (uint)Count
            ? _tokens[id]
            : throw new ArgumentOutOfRangeException(nameof(id), id, $"An id must lie between 0 and {Count - 1}.");

    /// <summary>Finds the id of a token by its exact spelling in the file, marks among them.</summary>
    /// <param name="token">The spelling, where <c>Ġ</c> is a space and other characters stand for bytes too.</param>
    /// <param name="id">The id, or −1.</param>
    /// <returns>Whether there is such a token.</returns>
    public bool TryGetId(ReadOnlySpan<char> token, out int id) => _tokens.TryGetId(token, out id);

    private static ByteLevelBpe Create(
        TokenTable tokens, int[] byteIds, ReadOnlySpan<byte> merges, bool addPrefixSpace, IReadOnlyCollection<string>? marks)
    {
        var isMark = new bool[tokens.Count];
        foreach (string mark in marks ?? BartMarks)
        {
            if (tokens.TryGetId(mark, out int id))
            {
                isMark[id] = true;
            }
        }
        var table = new TokenMerges(byteIds);
        MergeListReader.Read(merges, tokens, isMark, table);
        return new ByteLevelBpe(tokens, table, isMark, addPrefixSpace);
    }

    private static int[] FindBytes(TokenTable tokens)
    {
        var ids = new int[BytePiece.Count];
        for (int value = 0; value < ids.Length; value++)
        {
            char letter = ByteAlphabet.LetterOf((byte)value);
            if (!tokens.TryGetId([letter], out ids[value]))
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.BytePieces, -1, "the tokens of all 256 bytes", $"none for 0x{value:X2}, which is written '{letter}'",
                    "This is no byte-level vocabulary; its model has another kind of tokeniser.");
            }
        }
        return ids;
    }

    private static void AppendBytes(string token, List<byte> bytes)
    {
        int before = bytes.Count;
        foreach (char letter in token)
        {
            if (!ByteAlphabet.TryGetByte(letter, out byte value))
            {
                // A token that was added by hand, in plain text: the reference takes all of it as it is.
                bytes.RemoveRange(before, bytes.Count - before);
                bytes.AddRange(Encoding.UTF8.GetBytes(token));
                return;
            }
            bytes.Add(value);
        }
    }
}
