using System.Buffers;

namespace Formwork.Text.Pretrained;

/// <summary>
/// Cuts texts as T5's tokeniser does with <c>legacy: false</c>: one space symbol is put before the whole text, and none behind a sentinel, so that a word's
/// second half after one is not taken for a new word.
/// </summary>
/// <param name="vocabulary">Cuts parts of a text and puts no space before them.</param>
/// <param name="tokens">What texts are cut at.</param>
/// <param name="unknown">The unknown token's spelling.</param>
/// <param name="unknownLength">How many pieces that spelling is cut into.</param>
/// <param name="addsPrefix">Whether the space symbol is put before the text.</param>
internal sealed class T5Vocabulary(PieceVocabulary vocabulary, IReadOnlyList<AddedToken> tokens, string unknown, int unknownLength, bool addsPrefix)
    : ITextVocabulary
{
    private const char SpaceSymbol = '\u2581';

    private readonly ITextVocabulary _parts = AddedTokenVocabulary.Over(new Part(vocabulary, unknown, unknownLength), tokens);
    private readonly HashSet<int> _marks = [.. tokens.Where(token => token.IsSpecial).Select(token => token.Id)];

    public int Count => vocabulary.Count;

    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        if (text.IsEmpty)
        {
            return;
        }
        char[] prefixed = ArrayPool<char>.Shared.Rent(text.Length + 1);
        prefixed[0] = SpaceSymbol;
        text.Replace(prefixed.AsSpan(1), SpaceSymbol, ' ');
        int start = ids.Count;
        _parts.Encode(prefixed.AsSpan(addsPrefix ? 0 : 1, text.Length + (addsPrefix ? 1 : 0)), ids);
        ArrayPool<char>.Shared.Return(prefixed);
        // The space before the text is not wanted where a sentinel comes first.
        if (ids.Count > start + 1 && _marks.Contains(ids[start + 1]) && vocabulary.TryGetId([SpaceSymbol], out int space) && ids[start] == space)
        {
            ids.RemoveAt(start);
        }
    }

    public string Decode(ReadOnlySpan<int> ids) => vocabulary.Decode(ids);

    public StreamingDecoder CreateStreamingDecoder() => vocabulary.CreateStreamingDecoder();

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => vocabulary.TryGetId(token, out id);

    /// <summary>
    /// Cuts one part. A model drops spaces at the beginning of what it is given, so a part that begins with one is cut behind the unknown token's spelling,
    /// and that spelling's pieces are taken away again: this is what the tokeniser does that models were trained with.
    /// </summary>
    private sealed class Part(PieceVocabulary vocabulary, string unknown, int unknownLength) : ITextVocabulary
    {
        public int Count => vocabulary.Count;

        public void Encode(ReadOnlySpan<char> text, List<int> ids)
        {
            if (text[0] is not (SpaceSymbol or ' '))
            {
                vocabulary.Encode(text, ids);
                return;
            }
            int start = ids.Count;
            char[] guarded = ArrayPool<char>.Shared.Rent(unknown.Length + text.Length);
            unknown.CopyTo(guarded);
            text.CopyTo(guarded.AsSpan(unknown.Length));
            vocabulary.Encode(guarded.AsSpan(0, unknown.Length + text.Length), ids);
            ArrayPool<char>.Shared.Return(guarded);
            if (ids.Count - start >= unknownLength)
            {
                ids.RemoveRange(start, unknownLength);
            }
        }

        public string Decode(ReadOnlySpan<int> ids) => vocabulary.Decode(ids);

        public StreamingDecoder CreateStreamingDecoder() => vocabulary.CreateStreamingDecoder();

        public bool TryGetId(ReadOnlySpan<char> token, out int id) => vocabulary.TryGetId(token, out id);
    }
}
