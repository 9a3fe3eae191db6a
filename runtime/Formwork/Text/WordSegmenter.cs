namespace Formwork.Text;

/// <summary>Makes every word, with the space symbol before it, a token.</summary>
internal sealed class WordSegmenter(Vocabulary vocabulary) : Segmenter(vocabulary)
{
    public override void Segment(scoped ReadOnlySpan<byte> text, ref PooledList<Token> tokens)
    {
        for (int start = 0; start < text.Length;)
        {
            // The first byte may be a space symbol's own; the next one after it starts the next word.
            int length = text[(start + 1)..].IndexOf(Utf8.SpaceSymbol) + 1;
            int end = length == 0 ? text.Length : start + length;
            tokens.Add(new Token(Vocabulary.FindInText(text[start..end]), start, end));
            start = end;
        }
    }
}
