namespace Formwork.Text;

/// <summary>
/// Turns tokens into text one by one, as a model produces them. What it has given is final: no later token changes it, and it never ends
/// within a character. All that it gives for a sequence, with what <see cref="Flush"/> gives at its end, is the text that decoding the
/// sequence at once gives.
/// </summary>
/// <remarks>
/// <para>Text is held back only where it could still change: the bytes of a character that is not complete, and, in a model with rules
/// for the joined text, what begins like the text of a rule.</para>
/// <para>The text lies in a buffer of the decoder's own, which grows to the longest that one token gave; nothing is allocated after that. One
/// thread uses a decoder at a time. <c>CreateStreamingDecoder</c> of a vocabulary makes one.</para>
/// </remarks>
/// <example>
/// <code>
/// StreamingDecoder decoder = pieces.CreateStreamingDecoder();
/// foreach (int id in ids)
/// {
///     Console.Out.Write(decoder.Append(id));
/// }
///
/// Console.Out.WriteLine(decoder.Flush());
/// </code>
/// </example>
public abstract class StreamingDecoder
{
    private readonly int? _vocabularySize;
    private char[] _text = new char[64];
    private int _length;

    private protected StreamingDecoder(int vocabularySize) => _vocabularySize = vocabularySize;

    /// <summary>Makes a decoder that takes any id; those outside the vocabulary give no text.</summary>
    private protected StreamingDecoder() => _vocabularySize = null;

    /// <summary>Takes the next token.</summary>
    /// <param name="id">The token.</param>
    /// <returns>The text that has become final, maybe none; it stays until the next call.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The id is outside the vocabulary; the sequence goes on as if it had not come. The decoder of a <see cref="Tokenizer"/> takes any id: models
    /// have rows that no token belongs to.
    /// </exception>
    public ReadOnlySpan<char> Append(int id)
    {
        if (_vocabularySize is int size && (uint)id >= (uint)size)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, $"An id must lie between 0 and {size - 1}.");
        }
        _length = 0;
        Take(id);
        return _text.AsSpan(0, _length);
    }

    /// <summary>Ends the sequence; the decoder is ready for the next one.</summary>
    /// <returns>The text that was held back, mostly none; it stays until the next call.</returns>
    public ReadOnlySpan<char> Flush()
    {
        _length = 0;
        End();
        return _text.AsSpan(0, _length);
    }

    /// <summary>Takes the next token; where the decoder was given a vocabulary's size, it is known to be in it.</summary>
    private protected abstract void Take(int id);

    /// <summary>Gives what was held back and returns to the beginning.</summary>
    private protected abstract void End();

    /// <summary>Room for <paramref name="most"/> more units of text.</summary>
    private protected Span<char> Room(int most)
    {
        if (most > _text.Length - _length)
        {
            Array.Resize(ref _text, Math.Max(_length + most, 2 * _text.Length));
        }
        return _text.AsSpan(_length);
    }

    /// <summary>Counts text that was written into <see cref="Room"/>.</summary>
    private protected void Advance(int units) => _length += units;
}
