namespace Formwork.Text;

/// <summary>Two neighbouring symbols that would make a piece together.</summary>
/// <param name="Score">The piece's score.</param>
/// <param name="Left">The left symbol.</param>
/// <param name="Right">The right symbol.</param>
/// <param name="Length">The length of both together, in bytes, which tells whether either has changed since.</param>
internal readonly record struct Merge(float Score, int Left, int Right, int Length)
{
    /// <summary>Higher scores first; of equal ones the leftmost.</summary>
    public bool ComesBefore(in Merge other) => Score > other.Score || (Score == other.Score && Left < other.Left);
}

/// <summary>The possible merges, best first: a binary heap over pooled memory. Dispose it.</summary>
internal ref struct MergeQueue
{
    private PooledList<Merge> _heap;

    public MergeQueue(Span<Merge> initial)
    {
        _heap = new PooledList<Merge>(initial);
    }

    public void Push(in Merge merge)
    {
        int hole = _heap.Length;
        _heap.Add(merge);
        Span<Merge> heap = _heap.Items;
        while (hole > 0)
        {
            int parent = (hole - 1) / 2;
            if (!merge.ComesBefore(heap[parent]))
            {
                break;
            }
            heap[hole] = heap[parent];
            hole = parent;
        }
        heap[hole] = merge;
    }

    public bool TryPop(out Merge best)
    {
        Span<Merge> heap = _heap.Items;
        if (heap.IsEmpty)
        {
            best = default;
            return false;
        }
        best = heap[0];
        Merge last = heap[^1];
        heap = heap[..^1];
        _heap.Truncate(heap.Length);

        int hole = 0;
        for (int child = 1; child < heap.Length; child = (2 * hole) + 1)
        {
            if (child + 1 < heap.Length && heap[child + 1].ComesBefore(heap[child]))
            {
                child++;
            }
            if (!heap[child].ComesBefore(last))
            {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        if (!heap.IsEmpty)
        {
            heap[hole] = last;
        }
        return true;
    }

    public void Dispose() => _heap.Dispose();
}
