namespace Formwork.Text.Pretrained;

/// <summary>Decodes the ids of a vocabulary with marks one by one.</summary>
/// <param name="vocabulary">Says what an id is.</param>
/// <param name="decoder">Decodes what is the vocabulary's own.</param>
internal sealed class MarkedStream(MarkedVocabulary vocabulary, StreamingDecoder decoder) : StreamingDecoder
{
    private protected override void Take(int id)
    {
        if (vocabulary.IsOwn(id))
        {
            Write(decoder.Append(id));
        }
        else if (vocabulary.SpelledOut(id) is { } spelling)
        {
            // Bytes of a character that is not complete never will be.
            Write(decoder.Flush());
            Write(spelling);
        }
    }

    private protected override void End() => Write(decoder.Flush());

    private void Write(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        Advance(text.Length);
    }
}
