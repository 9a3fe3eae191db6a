namespace Formwork.Text;

public sealed partial class SentencePieceModel
{
    // Enough for a sentence on the stack; longer texts move to pooled arrays.
    private const int StackBytes = 512;
    private const int StackTokens = 128;

    /// <summary>Turns text into token ids. Nothing is added around them.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The ids; empty for a text of nothing but spaces if the model drops those.</returns>
    /// <exception cref="ArgumentException">The text is so long that its normal form would exceed 1 GiB.</exception>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(text, ref utf8);
        int[] ids = Encode(utf8.Items);
        utf8.Dispose();
        return ids;
    }

    /// <summary>Turns UTF-8 text into token ids. Nothing is added around them.</summary>
    /// <param name="utf8Text">The text.</param>
    /// <returns>The ids; empty for a text of nothing but spaces if the model drops those.</returns>
    /// <exception cref="ArgumentException">The text is so long that its normal form would exceed 1 GiB.</exception>
    public int[] Encode(ReadOnlySpan<byte> utf8Text)
    {
        var tokens = new PooledList<Token>(stackalloc Token[StackTokens]);
        Tokenize(utf8Text, ref tokens);
        var ids = new int[tokens.Length];
        CopyIds(tokens.Items, ids);
        tokens.Dispose();
        return ids;
    }

    /// <summary>Turns text into token ids in the caller's memory; nothing is allocated on the heap once the array pool is warm.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Receives the ids; as many as fit if it is too short.</param>
    /// <param name="count">The number of tokens of the text, also if they did not fit.</param>
    /// <returns>Whether all ids fitted.</returns>
    /// <exception cref="ArgumentException">The text is so long that its normal form would exceed 1 GiB.</exception>
    public bool TryEncode(ReadOnlySpan<char> text, Span<int> ids, out int count)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(text, ref utf8);
        bool fits = TryEncode(utf8.Items, ids, out count);
        utf8.Dispose();
        return fits;
    }

    /// <summary>Turns UTF-8 text into token ids in the caller's memory; nothing is allocated on the heap once the array pool is warm.</summary>
    /// <param name="utf8Text">The text.</param>
    /// <param name="ids">Receives the ids; as many as fit if it is too short.</param>
    /// <param name="count">The number of tokens of the text, also if they did not fit.</param>
    /// <returns>Whether all ids fitted.</returns>
    /// <exception cref="ArgumentException">The text is so long that its normal form would exceed 1 GiB.</exception>
    public bool TryEncode(ReadOnlySpan<byte> utf8Text, Span<int> ids, out int count)
    {
        var tokens = new PooledList<Token>(stackalloc Token[StackTokens]);
        Tokenize(utf8Text, ref tokens);
        count = tokens.Length;
        CopyIds(tokens.Items[..Math.Min(count, ids.Length)], ids);
        tokens.Dispose();
        return count <= ids.Length;
    }

    /// <summary>Turns text into tokens that know which part of it they came from.</summary>
    /// <param name="text">The text.</param>
    /// <returns>
    /// The tokens with offsets in UTF-16 units: in order, each starting no earlier than the one before, together covering everything but
    /// spaces that were dropped at either end.
    /// </returns>
    /// <exception cref="ArgumentException">The text is so long that its normal form would exceed 1 GiB.</exception>
    public TokenSpan[] EncodeWithOffsets(ReadOnlySpan<char> text)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        Utf8.Append(text, ref utf8);
        TokenSpan[] tokens = EncodeWithOffsets(utf8.Items);
        ToUtf16Offsets(utf8.Items, tokens);
        utf8.Dispose();
        return tokens;
    }

    /// <summary>Turns UTF-8 text into tokens that know which part of it they came from.</summary>
    /// <param name="utf8Text">The text.</param>
    /// <returns>
    /// The tokens with offsets in bytes: in order, each starting no earlier than the one before, together covering everything but spaces
    /// that were dropped at either end.
    /// </returns>
    /// <exception cref="ArgumentException">The text is so long that its normal form would exceed 1 GiB.</exception>
    public TokenSpan[] EncodeWithOffsets(ReadOnlySpan<byte> utf8Text)
    {
        var normal = new NormalizedText(stackalloc byte[StackBytes], tracksOrigins: true);
        var tokens = new PooledList<Token>(stackalloc Token[StackTokens]);
        _normalizer.Normalize(utf8Text, ref normal);
        Cut(normal.Bytes, ref tokens);
        var spans = new TokenSpan[tokens.Length];
        for (int i = 0; i < spans.Length; i++)
        {
            Token token = tokens.Items[i];
            int start = normal.Origins[token.Start];
            spans[i] = new TokenSpan(token.Id, start, normal.Origins[token.End] - start);
        }
        tokens.Dispose();
        normal.Dispose();
        return spans;
    }

    private void Tokenize(scoped ReadOnlySpan<byte> utf8, ref PooledList<Token> tokens)
    {
        var normal = new NormalizedText(stackalloc byte[StackBytes], tracksOrigins: false);
        _normalizer.Normalize(utf8, ref normal);
        Cut(normal.Bytes, ref tokens);
        normal.Dispose();
    }

    private void Cut(scoped ReadOnlySpan<byte> normal, ref PooledList<Token> tokens)
    {
        _segmenter.Segment(normal, ref tokens);
        UnknownTokens.Resolve(ref tokens, normal, UnknownId, _byteIds);
    }

    private static void CopyIds(ReadOnlySpan<Token> tokens, Span<int> ids)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            ids[i] = tokens[i].Id;
        }
    }

    private static void ToUtf16Offsets(ReadOnlySpan<byte> utf8, Span<TokenSpan> tokens)
    {
        // Starts never go back, so one walk over the text serves all; ends walk ahead of it.
        int bytes = 0;
        int units = 0;
        foreach (ref TokenSpan token in tokens)
        {
            units += Units(utf8[bytes..token.Start]);
            bytes = token.Start;
            token = new TokenSpan(token.Id, units, Units(utf8.Slice(bytes, token.Length)));
        }
    }

    /// <summary>How many UTF-16 units the characters that begin in <paramref name="utf8"/> have.</summary>
    private static int Units(ReadOnlySpan<byte> utf8)
    {
        int units = 0;
        foreach (byte each in utf8)
        {
            bool continues = (each & 0xC0) == 0x80;
            units += continues ? 0 : each >= 0xF0 ? 2 : 1;
        }
        return units;
    }
}
