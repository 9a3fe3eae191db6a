namespace Formwork.Text;

/// <summary>Decodes the symbols of a character vocabulary one by one.</summary>
internal sealed class CharacterStream(CharacterVocabulary vocabulary, string separator) : StreamingDecoder(vocabulary.Count)
{
    private bool _hasText;

    private protected override void Take(int id)
    {
        if (vocabulary.IsReserved(id))
        {
            return;
        }
        Write(_hasText ? separator : "");
        Write(vocabulary.SymbolOf(id));
        _hasText = true;
    }

    private protected override void End() => _hasText = false;

    private void Write(string text)
    {
        text.CopyTo(Room(text.Length));
        Advance(text.Length);
    }
}
