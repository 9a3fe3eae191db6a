namespace Formwork.Generation;

/// <summary>The best hypotheses that have ended so far, best first, in memory of their own.</summary>
/// <param name="capacity">The most that are kept.</param>
/// <param name="length">The most ids of one.</param>
internal sealed class HypothesisPool(int capacity, int length)
{
    private readonly int[] _tokens = new int[(capacity + 1) * length];
    private readonly float[] _logProbabilities = new float[(capacity + 1) * length];
    private readonly Entry[] _entries = [.. Enumerable.Range(0, capacity + 1).Select(static place => new Entry(place, 0, 0, 0, false))];

    /// <summary>Number that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Whether as many are kept as may be.</summary>
    public bool IsFull => Count == capacity;

    /// <summary>The worst score that is kept.</summary>
    public float WorstScore => _entries[Count - 1].Score;

    /// <summary>A hypothesis, the best one first.</summary>
    public Hypothesis this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, $"The search has found {Count} hypotheses, counted from 0.");
            }

            Entry entry = _entries[index];
            return new(
                _tokens.AsSpan(entry.Place * length, entry.Length),
                _logProbabilities.AsSpan(entry.Place * length, entry.Length),
                entry.Sum,
                entry.Score,
                entry.IsEnded);
        }
    }

    public void Clear() => Count = 0;

    /// <summary>Keeps a hypothesis without ids.</summary>
    public void AddEmpty()
    {
        _entries[0] = new(_entries[0].Place, 0, 0, 0, false);
        Count = 1;
    }

    /// <summary>Keeps a hypothesis, unless as many better ones are kept as may be.</summary>
    /// <param name="tokens">Its ids, but for the last.</param>
    /// <param name="logProbabilities">Their log-probabilities.</param>
    /// <param name="last">The last id.</param>
    /// <param name="lastLogProbability">Its log-probability.</param>
    /// <param name="sum">The sum of all.</param>
    /// <param name="score">What it is ranked by; among equals the first stays in front.</param>
    /// <param name="isEnded">Whether the last id is the end token.</param>
    public void Add(
        ReadOnlySpan<int> tokens, ReadOnlySpan<float> logProbabilities, int last, float lastLogProbability, float sum, float score, bool isEnded)
    {
        if (IsFull && !(score > WorstScore))
        {
            return;
        }

        // The entry behind the last one has a place that nobody uses.
        int place = _entries[Count].Place;
        int start = place * length;
        tokens.CopyTo(_tokens.AsSpan(start));
        logProbabilities.CopyTo(_logProbabilities.AsSpan(start));
        _tokens[start + tokens.Length] = last;
        _logProbabilities[start + tokens.Length] = lastLogProbability;

        int index = Count;
        for (; index > 0 && _entries[index - 1].Score < score; index--)
        {
            _entries[index] = _entries[index - 1];
        }

        _entries[index] = new(place, tokens.Length + 1, sum, score, isEnded);
        Count = Math.Min(Count + 1, capacity);
    }

    private readonly record struct Entry(int Place, int Length, float Sum, float Score, bool IsEnded);
}
