namespace Formwork.Text.Pretrained;

/// <summary>Cuts a text at the added tokens in it, and what is between them by the vocabulary behind.</summary>
internal sealed class AddedTokenVocabulary(ITextVocabulary vocabulary, AddedTokenFinder tokens) : ITextVocabulary
{
    public int Count => vocabulary.Count;

    /// <summary>The vocabulary itself where there is no token to be found in texts.</summary>
    public static ITextVocabulary Over(ITextVocabulary vocabulary, IReadOnlyCollection<AddedToken> tokens) =>
        tokens.Count == 0 ? vocabulary : new AddedTokenVocabulary(vocabulary, new AddedTokenFinder(tokens));

    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        while (true)
        {
            AddedToken? token = tokens.Next(text, out int start);
            ReadOnlySpan<char> part = text[..start];
            part = token?.StripsLeft == true ? Blanks.TrimEnd(part) : part;
            if (!part.IsEmpty)
            {
                vocabulary.Encode(part, ids);
            }
            if (token is null)
            {
                return;
            }
            ids.Add(token.Id);
            text = text[(start + token.Content.Length)..];
            text = token.StripsRight ? Blanks.TrimStart(text) : text;
        }
    }

    public string Decode(ReadOnlySpan<int> ids) => vocabulary.Decode(ids);

    public StreamingDecoder CreateStreamingDecoder() => vocabulary.CreateStreamingDecoder();

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => vocabulary.TryGetId(token, out id);
}
