namespace Formwork.Text.Pretrained;

/// <summary>Turns the target that a source begins with, <c>&gt;&gt;fra&lt;&lt;</c>, into its id; the vocabulary cuts what follows.</summary>
internal sealed class MarianTagVocabulary(ITextVocabulary vocabulary, JsonVocabulary spellings) : ITextVocabulary
{
    private const string Opening = ">>";
    private const string Closing = "<<";

    public int Count => vocabulary.Count;

    /// <summary>Whether a spelling is that of a target: no blanks and no further brackets, so that a quotation in such brackets stays text.</summary>
    public static bool IsTag(ReadOnlySpan<char> spelling)
    {
        if (spelling.Length <= Opening.Length + Closing.Length || !spelling.StartsWith(Opening) || !spelling.EndsWith(Closing))
        {
            return false;
        }
        foreach (char character in spelling[Opening.Length..^Closing.Length])
        {
            if (Blanks.IsBlank(character) || character is '<' or '>')
            {
                return false;
            }
        }
        return true;
    }

    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        if (text.StartsWith(Opening) && text.IndexOf(Closing) is >= 0 and int closing && IsTag(text[..(closing + Closing.Length)]))
        {
            int end = closing + Closing.Length;
            ids.Add(spellings.TryGetId(text[..end], out int id) ? id : spellings.UnknownId);
            text = text[end..];
        }
        vocabulary.Encode(text, ids);
    }

    public string Decode(ReadOnlySpan<int> ids) => vocabulary.Decode(ids);

    public StreamingDecoder CreateStreamingDecoder() => vocabulary.CreateStreamingDecoder();

    public bool TryGetId(ReadOnlySpan<char> token, out int id) => vocabulary.TryGetId(token, out id);
}
