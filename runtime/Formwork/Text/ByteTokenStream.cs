namespace Formwork.Text;

/// <summary>Decodes tokens that are strings of bytes one by one; it holds back the bytes of an incomplete character.</summary>
internal sealed class ByteTokenStream(IByteTokens tokens) : StreamingDecoder(tokens.Count)
{
    private const int StackBytes = 256;

    // Fewer than the four of the longest character.
    private readonly byte[] _held = new byte[3];
    private int _heldCount;

    private protected override void Take(int id) => Write(tokens.BytesOf(id), isEnd: false);

    private protected override void End() => Write([], isEnd: true);

    private void Write(scoped ReadOnlySpan<byte> added, bool isEnd)
    {
        var bytes = new PooledList<byte>(stackalloc byte[StackBytes]);
        bytes.AddRange(_held.AsSpan(0, _heldCount));
        bytes.AddRange(added);
        Advance(Utf8.ToUtf16(bytes.Items, Room(bytes.Length), tokens.Replacement, isEnd, out int read));
        bytes.Items[read..].CopyTo(_held);
        _heldCount = bytes.Length - read;
        bytes.Dispose();
    }
}
