namespace Formwork.Text;

/// <summary>Makes every character, and every user-defined symbol, a token.</summary>
internal sealed class CharacterSegmenter(Vocabulary vocabulary) : Segmenter(vocabulary)
{
    public override void Segment(scoped ReadOnlySpan<byte> text, ref PooledList<Token> tokens)
    {
        for (int start = 0; start < text.Length;)
        {
            int end = start + Vocabulary.NextAtom(text[start..], out _);
            tokens.Add(new Token(Vocabulary.FindInText(text[start..end]), start, end));
            start = end;
        }
    }
}
