namespace Formwork.Text;

/// <summary>Deals with unknown tokens: spells them as bytes where the model has byte pieces, else merges each run of them.</summary>
internal static class UnknownTokens
{
    /// <param name="tokens">What the segmenter produced; afterwards the final tokens.</param>
    /// <param name="text">The normal form that they cover.</param>
    /// <param name="unknownId">The unknown piece.</param>
    /// <param name="byteIds">The byte pieces by value, or none.</param>
    public static void Resolve(ref PooledList<Token> tokens, scoped ReadOnlySpan<byte> text, int unknownId, ReadOnlySpan<int> byteIds)
    {
        int firstUnknown = 0;
        while (firstUnknown < tokens.Length && tokens.Items[firstUnknown].Id != unknownId)
        {
            firstUnknown++;
        }
        if (firstUnknown == tokens.Length)
        {
            return;
        }
        if (byteIds.IsEmpty)
        {
            MergeRuns(ref tokens, firstUnknown, unknownId);
        }
        else
        {
            SpellBytes(ref tokens, firstUnknown, text, unknownId, byteIds);
        }
    }

    private static void MergeRuns(ref PooledList<Token> tokens, int first, int unknownId)
    {
        Span<Token> items = tokens.Items;
        int count = first + 1;
        foreach (Token token in items[count..])
        {
            ref Token last = ref items[count - 1];
            if (token.Id == unknownId && last.Id == unknownId)
            {
                last = last with { End = token.End };
            }
            else
            {
                items[count++] = token;
            }
        }
        tokens.Truncate(count);
    }

    private static void SpellBytes(
        ref PooledList<Token> tokens, int first, scoped ReadOnlySpan<byte> text, int unknownId, ReadOnlySpan<int> byteIds)
    {
        int extra = 0;
        foreach (Token token in tokens.Items[first..])
        {
            extra += token.Id == unknownId ? token.End - token.Start - 1 : 0;
        }
        // From the last token to the first, so that each is read before its place is written over.
        int read = tokens.Length;
        tokens.Extend(extra);
        Span<Token> items = tokens.Items;
        int write = items.Length;
        while (read > first)
        {
            Token token = items[--read];
            if (token.Id != unknownId)
            {
                items[--write] = token;
                continue;
            }
            // The last byte stands for the whole character; those before it come from no text of their own.
            items[--write] = token with { Id = byteIds[text[token.End - 1]] };
            for (int at = token.End - 2; at >= token.Start; at--)
            {
                items[--write] = new Token(byteIds[text[at]], token.Start, token.Start);
            }
        }
    }
}
