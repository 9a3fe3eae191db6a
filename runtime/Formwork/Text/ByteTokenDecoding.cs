namespace Formwork.Text;

/// <summary>Joins tokens that are strings of bytes.</summary>
internal static class ByteTokenDecoding
{
    private const int StackBytes = 512;

    /// <summary>The text of ids: their bytes, and then the characters that these are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public static string Decode(IByteTokens tokens, ReadOnlySpan<int> ids)
    {
        var bytes = new PooledList<byte>(stackalloc byte[StackBytes]);
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)tokens.Count)
            {
                bytes.Dispose();
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"An id must lie between 0 and {tokens.Count - 1}.");
            }
            bytes.AddRange(tokens.BytesOf(id));
        }
        var text = new PooledList<char>(stackalloc char[StackBytes]);
        int units = Utf8.ToUtf16(bytes.Items, text.Extend(bytes.Length), tokens.Replacement, isEnd: true, out _);
        string joined = new(text.Items[..units]);
        text.Dispose();
        bytes.Dispose();
        return joined;
    }
}
