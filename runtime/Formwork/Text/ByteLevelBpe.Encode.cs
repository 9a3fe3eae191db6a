namespace Formwork.Text;

public sealed partial class ByteLevelBpe
{
    // Enough for a sentence on the stack; longer texts move to pooled arrays.
    private const int StackBytes = 512;
    private const int StackTokens = 128;

    /// <summary>Turns text into token ids. Nothing is added around them.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The ids; empty for an empty text only.</returns>
    /// <exception cref="ArgumentException">The text is so long that its UTF-8 might exceed 1 GiB.</exception>
    public int[] Encode(ReadOnlySpan<char> text)
    {
        var ids = new PooledList<int>(stackalloc int[StackTokens]);
        Tokenize(text, ref ids);
        int[] copy = ids.Items.ToArray();
        ids.Dispose();
        return copy;
    }

    /// <summary>Turns text into token ids in the caller's memory; nothing is allocated on the heap once the array pool is warm.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Receives the ids; as many as fit if it is too short.</param>
    /// <param name="count">The number of tokens of the text, also if they did not fit.</param>
    /// <returns>Whether all ids fitted.</returns>
    /// <exception cref="ArgumentException">The text is so long that its UTF-8 might exceed 1 GiB.</exception>
    public bool TryEncode(ReadOnlySpan<char> text, Span<int> ids, out int count)
    {
        var all = new PooledList<int>(stackalloc int[StackTokens]);
        Tokenize(text, ref all);
        count = all.Length;
        all.Items[..Math.Min(count, ids.Length)].CopyTo(ids);
        all.Dispose();
        return count <= ids.Length;
    }

    void ITextVocabulary.Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        var all = new PooledList<int>(stackalloc int[StackTokens]);
        Tokenize(text, ref all);
        ids.AddRange(all.Items);
        all.Dispose();
    }

    private void Tokenize(ReadOnlySpan<char> text, ref PooledList<int> ids)
    {
        var utf8 = new PooledList<byte>(stackalloc byte[StackBytes]);
        if (_addPrefixSpace && !text.IsEmpty && text[0] != ' ')
        {
            utf8.Add((byte)' ');
        }
        Utf8.Append(text, ref utf8);
        _merges.Segment(utf8.Items, ref ids);
        utf8.Dispose();
    }
}
