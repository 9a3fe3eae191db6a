namespace Formwork.Text.Pretrained;

/// <summary>Passes a decoder's text on without the white space at its ends: what may be the end waits until something follows it.</summary>
/// <param name="decoder">The decoder.</param>
/// <param name="count">How many ids it takes; others give no text.</param>
internal sealed class TrimmedStream(StreamingDecoder decoder, int count) : StreamingDecoder
{
    private char[] _blanks = new char[16];
    private int _waiting;
    private bool _hasBegun;

    private protected override void Take(int id)
    {
        if ((uint)id < (uint)count)
        {
            Pass(decoder.Append(id));
        }
    }

    private protected override void End()
    {
        Pass(decoder.Flush());
        _waiting = 0;
        _hasBegun = false;
    }

    private void Pass(ReadOnlySpan<char> text)
    {
        text = _hasBegun ? text : Blanks.TrimStart(text);
        ReadOnlySpan<char> whole = Blanks.TrimEnd(text);
        if (!whole.IsEmpty)
        {
            _hasBegun = true;
            Write(_blanks.AsSpan(0, _waiting));
            Write(whole);
            _waiting = 0;
        }
        Wait(text[whole.Length..]);
    }

    private void Wait(ReadOnlySpan<char> blanks)
    {
        if (blanks.Length > _blanks.Length - _waiting)
        {
            Array.Resize(ref _blanks, Math.Max(_waiting + blanks.Length, 2 * _blanks.Length));
        }
        blanks.CopyTo(_blanks.AsSpan(_waiting));
        _waiting += blanks.Length;
    }

    private void Write(ReadOnlySpan<char> text)
    {
        text.CopyTo(Room(text.Length));
        Advance(text.Length);
    }
}
