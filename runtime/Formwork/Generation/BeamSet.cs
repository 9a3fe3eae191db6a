using Formwork.Generation.Constraints;

namespace Formwork.Generation;

/// <summary>The hypotheses that a beam search follows, one a row: what each has produced, and what it carries along.</summary>
/// <param name="beams">The most rows.</param>
/// <param name="length">The most ids of a row.</param>
/// <param name="sourceLength">Floats of a row's coverage; 0 where nobody wants it.</param>
internal sealed class BeamSet(int beams, int length, int sourceLength)
{
    private readonly int[] _ids = new int[beams * (length + 1)];
    private readonly float[] _logProbabilities = new float[beams * length];
    private readonly float[] _coverage = new float[beams * sourceLength];

    /// <summary>The rows' sums of log-probabilities.</summary>
    public float[] Sums { get; } = new float[beams];

    /// <summary>The rows' lanes.</summary>
    public int[] Lanes { get; } = new int[beams];

    /// <summary>How far the rows have come with their phrases.</summary>
    public PhraseProgress[] Phrases { get; } = new PhraseProgress[beams];

    /// <summary>Whether the rows have left a prefix that is only a wish.</summary>
    public bool[] HasLeftPrefix { get; } = new bool[beams];

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>A row's ids, the start token first: room for all.</summary>
    public Span<int> DecoderIds(int row) => _ids.AsSpan(row * (length + 1), length + 1);

    /// <summary>A row's log-probabilities, the start token left out: room for all.</summary>
    public Span<float> LogProbabilities(int row) => _logProbabilities.AsSpan(row * length, length);

    /// <summary>A row's coverage.</summary>
    public Span<float> Coverage(int row) => _coverage.AsSpan(row * sourceLength, sourceLength);

    /// <summary>Makes the set one row that holds a prefix alone, in lane 0.</summary>
    /// <param name="startToken">The start token.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="phrases">The phrases that have to appear, or null.</param>
    public void Begin(int startToken, ReadOnlySpan<int> prefix, PhraseTrie? phrases)
    {
        Count = 1;
        Sums[0] = 0;
        Lanes[0] = 0;
        HasLeftPrefix[0] = false;
        Phrases[0] = default;
        Span<int> ids = DecoderIds(0);
        ids[0] = startToken;
        prefix.CopyTo(ids[1..]);
        LogProbabilities(0)[..prefix.Length].Clear();
        Coverage(0).Clear();
        if (phrases is null)
        {
            return;
        }

        foreach (int token in prefix)
        {
            Phrases[0] = phrases.Advance(Phrases[0], token);
        }
    }

    /// <summary>Copies what a row has produced to another row; its lane and coverage stay behind.</summary>
    /// <param name="source">The row to copy.</param>
    /// <param name="destination">The row to overwrite; the same one is left alone.</param>
    /// <param name="length">Ids of the row, the start token left out.</param>
    public void Copy(int source, int destination, int length)
    {
        DecoderIds(source)[..(length + 1)].CopyTo(DecoderIds(destination));
        LogProbabilities(source)[..length].CopyTo(LogProbabilities(destination));
        Sums[destination] = Sums[source];
        Phrases[destination] = Phrases[source];
    }

    /// <summary>Makes a row what another set's row is with one more id.</summary>
    /// <param name="row">The row, whose lane is set elsewhere.</param>
    /// <param name="parents">The other set.</param>
    /// <param name="candidate">The other row and the id.</param>
    /// <param name="position">The id's position.</param>
    public void Extend(int row, BeamSet parents, in Candidate candidate, int position)
    {
        parents.DecoderIds(candidate.Row)[..(position + 1)].CopyTo(DecoderIds(row));
        parents.LogProbabilities(candidate.Row)[..position].CopyTo(LogProbabilities(row));
        parents.Coverage(candidate.Row).CopyTo(Coverage(row));
        DecoderIds(row)[position + 1] = candidate.Token;
        LogProbabilities(row)[position] = candidate.LogProbability;
        Sums[row] = candidate.Sum;
        Phrases[row] = candidate.Phrases;
    }
}
