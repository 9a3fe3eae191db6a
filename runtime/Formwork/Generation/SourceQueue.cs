namespace Formwork.Generation;

/// <summary>
/// A batch's sources in the order in which lanes take them: longest first, so that the last ones to end, which leave lanes empty, are short.
/// </summary>
/// <remarks>
/// It needs no memory of its own: until a source is taken, the place of its target's length holds where the source starts, and the first place
/// of its target holds the source that follows in the same bucket of lengths.
/// </remarks>
internal ref struct SourceQueue
{
    /// <summary>Buckets, and so the longest stretch of stack, whatever the length of the sources.</summary>
    public const int Buckets = 1024;

    private const int None = -1;
    private readonly ReadOnlySpan<int> _lengths;
    private readonly Span<int> _links;
    private readonly Span<int> _starts;
    private readonly Span<int> _heads;
    private readonly int _limit;
    private int _bucket;

    /// <summary>Queues every source.</summary>
    /// <param name="lengths">The sources' lengths.</param>
    /// <param name="targets">The targets' room, <paramref name="limit"/> ids each.</param>
    /// <param name="targetLengths">The room for their lengths.</param>
    /// <param name="limit">Ids of room that each target has.</param>
    /// <param name="heads">Room for <see cref="Buckets"/> numbers.</param>
    public SourceQueue(ReadOnlySpan<int> lengths, Span<int> targets, Span<int> targetLengths, int limit, Span<int> heads)
    {
        _lengths = lengths;
        _links = targets;
        _starts = targetLengths;
        _limit = limit;
        _heads = heads;
        _bucket = Buckets - 1;
        heads.Fill(None);
        long longest = 1;
        int end = 0;
        for (int index = 0; index < lengths.Length; index++)
        {
            _starts[index] = end;
            end += lengths[index];
            longest = Math.Max(longest, lengths[index]);
        }

        for (int index = lengths.Length - 1; index >= 0; index--)
        {
            ref int head = ref heads[(int)(lengths[index] * (Buckets - 1L) / longest)];
            _links[index * limit] = head;
            head = index;
        }
    }

    /// <summary>Takes the next source; false if none is left.</summary>
    /// <param name="index">The source.</param>
    /// <param name="ids">Where its ids lie.</param>
    public bool TryTake(out int index, out Range ids)
    {
        for (; _bucket >= 0; _bucket--)
        {
            index = _heads[_bucket];
            if (index != None)
            {
                ids = new(_starts[index], _starts[index] + _lengths[index]);
                _heads[_bucket] = _links[index * _limit];
                _starts[index] = 0;
                return true;
            }
        }

        index = None;
        ids = default;
        return false;
    }
}
