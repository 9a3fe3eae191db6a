namespace Formwork.Text;

/// <summary>
/// Applies a model's rules for joined text while the text is still coming. It gives what <see cref="Normalizer.Normalize"/> gives for the
/// whole: text that begins like the text of a longer rule waits for what follows, and spaces that are dropped at the end wait until
/// something follows them.
/// </summary>
internal sealed class DenormalizerStream(Normalizer rules)
{
    private byte[] _undecided = new byte[64];
    private int _length;
    private bool _hasBegun;
    private bool _afterSpace;
    private TrailingSpaces _spaces = new(rules.Space);

    /// <summary>Takes the next part of the text.</summary>
    /// <param name="text">Whole characters of UTF-8.</param>
    /// <param name="isEnd">Whether nothing follows; the next part then begins another text.</param>
    /// <param name="output">Receives what has become final.</param>
    public void Append(scoped ReadOnlySpan<byte> text, bool isEnd, ref PooledList<byte> output)
    {
        if (text.Length > _undecided.Length - _length)
        {
            Array.Resize(ref _undecided, Math.Max(_length + text.Length, 2 * _undecided.Length));
        }
        text.CopyTo(_undecided.AsSpan(_length));
        _length += text.Length;
        int position = 0;
        while (position < _length && (isEnd || rules.IsDecided(_undecided.AsSpan(position, _length - position))))
        {
            position += rules.NextUnit(_undecided.AsSpan(position, _length - position), out ReadOnlySpan<byte> unit);
            Write(unit, ref output);
        }
        _undecided.AsSpan(position, _length - position).CopyTo(_undecided);
        _length -= position;
        if (isEnd)
        {
            End(ref output);
        }
    }

    private void Write(scoped ReadOnlySpan<byte> unit, ref PooledList<byte> output)
    {
        if (!_hasBegun)
        {
            if (rules.RemovesExtraSpaces && unit.SequenceEqual(" "u8))
            {
                return;
            }
            _hasBegun = true;
            _afterSpace = rules.RemovesExtraSpaces;
            if (rules.HasDummyPrefix)
            {
                Emit(rules.Space, ref output);
            }
        }
        if (_afterSpace)
        {
            unit = unit.TrimStart((byte)' ');
        }
        if (unit.IsEmpty)
        {
            return;
        }
        var escaped = new NormalizedText(stackalloc byte[64], tracksOrigins: false);
        rules.AppendEscaped(unit, origin: 0, ref escaped);
        Emit(escaped.Bytes, ref output);
        escaped.Dispose();
        _afterSpace = rules.RemovesExtraSpaces && unit[^1] == ' ';
    }

    private void Emit(scoped ReadOnlySpan<byte> bytes, ref PooledList<byte> output)
    {
        if (rules.RemovesExtraSpaces)
        {
            _spaces.HoldBack(bytes, ref output);
        }
        else
        {
            output.AddRange(bytes);
        }
    }

    private void End(ref PooledList<byte> output)
    {
        _spaces.Drop(ref output);
        _hasBegun = false;
        _afterSpace = false;
    }
}
