using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Formwork.Text;

/// <summary>The pieces of a model by id: spelling (UTF-8, all in one array), score and kind.</summary>
internal sealed class PieceStore
{
    private readonly List<byte> _text = [];
    private readonly List<int> _ends = [];
    private readonly List<float> _scores = [];
    private readonly List<PieceKind> _kinds = [];

    public int Count => _ends.Count;

    public ReadOnlySpan<PieceKind> Kinds => CollectionsMarshal.AsSpan(_kinds);

    public ReadOnlySpan<float> Scores => CollectionsMarshal.AsSpan(_scores);

    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            int start = id == 0 ? 0 : _ends[id - 1];
            return CollectionsMarshal.AsSpan(_text)[start.._ends[id]];
        }
    }

    public void Add(ReadOnlySpan<byte> text, float score, PieceKind kind)
    {
        _text.AddRange(text);
        _ends.Add(_text.Count);
        _scores.Add(score);
        _kinds.Add(kind);
    }

    /// <summary>The ids whose kind <paramref name="wanted"/> accepts, in order.</summary>
    public int[] IdsWhere(Predicate<PieceKind> wanted)
    {
        var ids = new List<int>();
        for (int id = 0; id < Count; id++)
        {
            if (wanted(_kinds[id]))
            {
                ids.Add(id);
            }
        }
        return [.. ids];
    }

    /// <summary>The ids whose kind <paramref name="wanted"/> accepts, by spelling; pieces spelled alike by id.</summary>
    public int[] SortedIdsWhere(Predicate<PieceKind> wanted)
    {
        int[] ids = IdsWhere(wanted);
        // The first eight bytes as a number order nearly all pieces, and numbers sort many times faster than spans compare.
        ulong[] keys = Array.ConvertAll(ids, id => LeadingBytes(this[id]));
        Array.Sort(keys, ids);
        for (int from = 0, to; from < ids.Length; from = to)
        {
            for (to = from + 1; to < ids.Length && keys[to] == keys[from]; to++)
            {
            }
            if (to - from > 1)
            {
                ids.AsSpan(from..to).Sort((a, b) => this[a].SequenceCompareTo(this[b]) is not 0 and int order ? order : a.CompareTo(b));
            }
        }
        return ids;
    }

    private static ulong LeadingBytes(ReadOnlySpan<byte> text)
    {
        Span<byte> key = stackalloc byte[sizeof(ulong)];
        key.Clear();
        text[..Math.Min(text.Length, sizeof(ulong))].CopyTo(key);
        return BinaryPrimitives.ReadUInt64BigEndian(key);
    }
}
