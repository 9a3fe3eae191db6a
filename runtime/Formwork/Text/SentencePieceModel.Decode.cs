using System.Text;

namespace Formwork.Text;

public sealed partial class SentencePieceModel
{
    /// <summary>
    /// Joins tokens to text as the reference does: control pieces vanish, an unknown piece becomes the model's sign for it (<c> ⁇ </c>
    /// unless the file says otherwise), byte pieces are joined to characters, and the space before the first word is taken away.
    /// </summary>
    /// <param name="ids">The tokens.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        CheckIds(ids);
        return JoinedText.Of(_detokenizer, ids);
    }

    /// <summary>Joins tokens to the text that <see cref="Decode"/> gives, and tells which part of it each token became.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="tokens">
    /// The tokens with offsets in UTF-16 units: in order, each starting where the one before ends, together covering the text. A part begins
    /// with the space before its word. It is empty where a token became no text of its own: a control piece, and all but the last of the
    /// bytes of one character.
    /// </param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string DecodeWithOffsets(ReadOnlySpan<int> ids, out TokenSpan[] tokens)
    {
        CheckIds(ids);
        tokens = new TokenSpan[ids.Length];
        var text = new PooledList<byte>(stackalloc byte[StackBytes]);
        var state = default(JoinState);
        for (int i = 0; i < ids.Length; i++)
        {
            if (_detokenizer.BreaksCharacter(ids[i], state))
            {
                EndBytes(tokens.AsSpan(0, i), ref state, ref text);
            }
            int start = text.Length;
            _detokenizer.Append(ids[i], ref state, ref text);
            tokens[i] = new TokenSpan(ids[i], start, text.Length - start);
        }
        EndBytes(tokens, ref state, ref text);

        if (_detokenizer.Denormalizer is not { } rules)
        {
            ToUtf16Offsets(text.Items, tokens);
            string joined = Encoding.UTF8.GetString(text.Items);
            text.Dispose();
            return joined;
        }
        var normal = new NormalizedText(stackalloc byte[StackBytes], tracksOrigins: true);
        rules.Normalize(text.Items, ref normal);
        ToNormalOffsets(normal, tokens);
        ToUtf16Offsets(normal.Bytes, tokens);
        string denormalized = Encoding.UTF8.GetString(normal.Bytes);
        normal.Dispose();
        text.Dispose();
        return denormalized;
    }

    /// <summary>Makes a decoder that is given tokens one by one, as a model produces them, and tells what text is final after each.</summary>
    public StreamingDecoder CreateStreamingDecoder() => new SentencePieceStream(_detokenizer, PieceCount);

    /// <summary>Ends byte pieces that are part of no character: each becomes U+FFFD.</summary>
    /// <param name="tokens">The tokens so far; the last of them are those bytes.</param>
    /// <param name="state">How far the text has come.</param>
    /// <param name="text">The text.</param>
    private static void EndBytes(Span<TokenSpan> tokens, ref JoinState state, ref PooledList<byte> text)
    {
        int start = text.Length;
        foreach (ref TokenSpan token in tokens[^state.HeldCount..])
        {
            token = new TokenSpan(token.Id, start, Utf8.Replacement.Length);
            start += Utf8.Replacement.Length;
        }
        Detokenizer.EndBytes(ref state, ref text);
    }

    /// <summary>Moves offsets in the joined text to where the model's rules put what was there.</summary>
    private static void ToNormalOffsets(in NormalizedText normal, Span<TokenSpan> tokens)
    {
        ReadOnlySpan<int> origins = normal.Origins;
        int place = 0;
        foreach (ref TokenSpan token in tokens)
        {
            int start = Find(origins, token.Start, ref place);
            int end = place;
            token = new TokenSpan(token.Id, start, Find(origins, token.End, ref end) - start);
        }

        // The first byte that came from an offset or from behind it; the end where there is none.
        int Find(ReadOnlySpan<int> origins, int offset, ref int from)
        {
            while (from < origins.Length - 1 && origins[from] < offset)
            {
                from++;
            }
            return from;
        }
    }

    private void CheckIds(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)PieceCount)
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"An id must lie between 0 and {PieceCount - 1}.");
            }
        }
    }
}
