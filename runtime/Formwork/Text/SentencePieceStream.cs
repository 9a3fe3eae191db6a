using System.Text;

namespace Formwork.Text;

/// <summary>Decodes pieces one by one: joined, put through the model's rules where it has any, and turned into UTF-16.</summary>
internal sealed class SentencePieceStream(IPieceJoiner joiner, int count) : StreamingDecoder(count)
{
    private const int StackBytes = 256;

    private readonly DenormalizerStream? _rules = joiner.Denormalizer is { } denormalizer ? new(denormalizer) : null;

    // Rules may cut characters apart, so what they write is not always whole characters.
    private readonly Decoder _utf16 = Encoding.UTF8.GetDecoder();
    private JoinState _state;

    private protected override void Take(int id)
    {
        var joined = new PooledList<byte>(stackalloc byte[StackBytes]);
        joiner.Append(id, ref _state, ref joined);
        Write(joined.Items, isEnd: false);
        joined.Dispose();
    }

    private protected override void End()
    {
        var joined = new PooledList<byte>(stackalloc byte[StackBytes]);
        Detokenizer.EndBytes(ref _state, ref joined);
        Write(joined.Items, isEnd: true);
        joined.Dispose();
        _state = default;
    }

    private void Write(scoped ReadOnlySpan<byte> joined, bool isEnd)
    {
        if (_rules is null)
        {
            Convert(joined, isEnd);
            return;
        }
        var normal = new PooledList<byte>(stackalloc byte[StackBytes]);
        _rules.Append(joined, isEnd, ref normal);
        Convert(normal.Items, isEnd);
        normal.Dispose();
    }

    private void Convert(scoped ReadOnlySpan<byte> utf8, bool isEnd)
    {
        // A byte becomes at most one unit, and the bytes that wait in the decoder at most one each.
        const int Waiting = 4;
        Advance(_utf16.GetChars(utf8, Room(utf8.Length + Waiting), flush: isEnd));
    }
}
