namespace Formwork.Tests.Generation;

/// <summary>
/// What a <see cref="ToyDecoder"/> remembers: the sources of its slots and, instead of caches, the tokens that each lane has been fed. It checks
/// that a search keeps to <c>ISearchDecoder</c>: what a real model would answer with wrong numbers fails here.
/// </summary>
internal sealed class ToyMemory
{
    private readonly ToyModel _model;
    private readonly int _maxBeams;
    private readonly int[][] _sources;
    private readonly int[] _sourceLengths;
    private readonly int[][] _fed;
    private readonly int[] _lengths;
    private readonly bool[] _isCopied;
    private readonly bool[] _isOverwritten;
    private readonly int[] _rowLanes;
    private int _rows;

    public ToyMemory(ToyModel model, int slots, int maxBeams, int sourceLength, int targetLength)
    {
        _model = model;
        _maxBeams = maxBeams;
        int lanes = slots * maxBeams;
        _sources = [.. Enumerable.Range(0, slots).Select(_ => new int[sourceLength])];
        _sourceLengths = new int[slots];
        _fed = [.. Enumerable.Range(0, lanes).Select(_ => new int[targetLength])];
        _lengths = new int[lanes];
        _isCopied = new bool[lanes];
        _isOverwritten = new bool[lanes];
        _rowLanes = new int[lanes];
        Logits = new float[lanes * model.Vocabulary];
    }

    public int Vocabulary => _model.Vocabulary;

    public float[] Logits { get; }

    /// <summary>Number of <see cref="Decode"/> calls.</summary>
    public int Steps { get; private set; }

    /// <summary>Lane copies.</summary>
    public int Copies { get; private set; }

    /// <summary>The most rows that were fed at once.</summary>
    public int MostRows { get; private set; }

    public void Encode(ReadOnlySpan<int> source, int slot)
    {
        Require(!source.IsEmpty, "an empty source cannot be encoded");
        source.CopyTo(_sources[slot]);
        _sourceLengths[slot] = source.Length;
        _lengths.AsSpan(slot * _maxBeams, _maxBeams).Clear();
        _rows = 0;
    }

    public void Prefill(ReadOnlySpan<int> tokens, int lane, int position)
    {
        Require(!tokens.IsEmpty, "nothing to feed");
        foreach (int token in tokens)
        {
            Feed(token, lane, position++);
        }

        _rows = 0;
    }

    public void Decode(ReadOnlySpan<int> tokens, ReadOnlySpan<int> lanes, ReadOnlySpan<int> positions)
    {
        Require(!tokens.IsEmpty && tokens.Length == lanes.Length && tokens.Length == positions.Length, "a token, a lane and a position for each row");
        Logits.AsSpan().Fill(float.NaN);
        for (int row = 0; row < tokens.Length; row++)
        {
            Require(!lanes[..row].Contains(lanes[row]), "a search feeds each lane at most once");
            Feed(tokens[row], lanes[row], positions[row]);
            _model.Logits(Source(lanes[row]), Fed(lanes[row]), Logits.AsSpan(row * Vocabulary, Vocabulary));
        }

        lanes.CopyTo(_rowLanes);
        _rows = tokens.Length;
        _isCopied.AsSpan().Clear();
        _isOverwritten.AsSpan().Clear();
        Steps++;
        MostRows = Math.Max(MostRows, _rows);
    }

    public void CopyLane(int source, int destination, int positions)
    {
        Require(source != destination, "a lane is not copied to itself");
        Require(source / _maxBeams == destination / _maxBeams, "a lane stays within its source");
        Require(positions > 0 && positions <= _lengths[source], "a copy takes no more positions than were fed");

        // Whatever the order of the copies that come together, the result has to be the same.
        Require(!_isOverwritten[source] && !_isCopied[destination] && !_isOverwritten[destination], "no lane is both copied and overwritten");
        _isCopied[source] = true;
        _isOverwritten[destination] = true;
        _fed[source].AsSpan(0, positions).CopyTo(_fed[destination]);
        _lengths[destination] = positions;
        Copies++;
    }

    public void AddCrossAttention(int row, Span<float> coverage)
    {
        Require(row < _rows, "cross-attention is that of a row of the last Decode");
        ReadOnlySpan<int> source = Source(_rowLanes[row]);
        Require(coverage.Length == source.Length, "as many weights as the source has ids");
        Span<float> weights = stackalloc float[source.Length];
        _model.Attention(source, Fed(_rowLanes[row]), weights);
        for (int column = 0; column < weights.Length; column++)
        {
            coverage[column] += weights[column];
        }
    }

    private void Feed(int token, int lane, int position)
    {
        Require((uint)token < (uint)Vocabulary, "tokens lie in the vocabulary");
        Require(_sourceLengths[lane / _maxBeams] > 0, "a lane's source is encoded first");

        // A run begins at position 0; then each token follows the one before it.
        Require(position == 0 || position == _lengths[lane], "positions follow each other");
        Require(position < _fed[lane].Length, "no more positions than the model has");
        _fed[lane][position] = token;
        _lengths[lane] = position + 1;
    }

    private ReadOnlySpan<int> Source(int lane) => _sources[lane / _maxBeams].AsSpan(0, _sourceLengths[lane / _maxBeams]);

    private ReadOnlySpan<int> Fed(int lane) => _fed[lane].AsSpan(0, _lengths[lane]);

    private static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The search broke a rule of its decoder: {rule}.");
        }
    }
}
