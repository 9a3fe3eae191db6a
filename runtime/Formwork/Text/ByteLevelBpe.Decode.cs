namespace Formwork.Text;

public sealed partial class ByteLevelBpe
{
    /// <summary>
    /// Joins the bytes of tokens to text. Marks give nothing, and neither do ids that the file leaves out; bytes that are part of no character
    /// become U+FFFD, as many as the reference gives. Spaces before punctuation stay: <c>clean_up_tokenization_spaces</c> is not applied.
    /// </summary>
    /// <param name="ids">The tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids) => ByteTokenDecoding.Decode(this, ids);

    /// <summary>Makes a decoder that is given tokens one by one, as a model produces them, and tells what text is final after each.</summary>
    public StreamingDecoder CreateStreamingDecoder() => new ByteTokenStream(this);

    ReadOnlySpan<byte> IByteTokens.BytesOf(int id) => _bytes.AsSpan((id == 0 ? 0 : _ends[id - 1]).._ends[id]);
}
