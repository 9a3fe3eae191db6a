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
}
