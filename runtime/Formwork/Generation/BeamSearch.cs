using Formwork.Generation.Constraints;

namespace Formwork.Generation;

/// <summary>
/// Beam search: of all ways in which the beams can go on, the best are followed. With one beam it is greedy search under rules.
/// <see cref="HuggingFaceBeams"/> and <see cref="CTranslate2Beams"/> say which candidates end and which go on.
/// </summary>
internal sealed class BeamSearch : Search
{
    private readonly BeamCandidates _candidates;
    private readonly IBeamConvention _convention;
    private readonly Candidate[] _followed;
    private readonly int[] _parentLanes;
    private BeamSet _beams;
    private BeamSet _next;
    private int _followedCount;
    private int _sourceLength;

    public BeamSearch(GenerationOptions options, DecodingShape shape)
        : base(options, shape, options.Beams)
    {
        _candidates = new(options, shape, Rules);
        _convention = Convention(options);
        Ended = new(_convention.PoolCapacity, shape.TargetLength);
        _followed = new Candidate[options.Beams];
        _parentLanes = new int[options.Beams];
        int coverage = NeedsCoverage ? shape.SourceLength : 0;
        _beams = new(options.Beams, shape.TargetLength, coverage);
        _next = new(options.Beams, shape.TargetLength, coverage);
    }

    public override int Count => IsFinished ? Math.Min(Options.NBest, Ended.Count) : 0;

    public override Hypothesis this[int index] => Ended[index < Count ? index : int.MaxValue];

    /// <summary>The hypotheses that have ended.</summary>
    internal HypothesisPool Ended { get; }

    /// <summary>The candidates that go on.</summary>
    internal ReadOnlySpan<Candidate> Followed => _followed.AsSpan(0, _followedCount);

    /// <summary>The largest sum among the candidates of this step.</summary>
    internal float BestSum => _candidates.BestSum;

    internal override bool NeedsCoverage => Options.CoveragePenalty != 0;

    internal override void Begin(int sourceLength)
    {
        Run++;
        _sourceLength = sourceLength;
        Ended.Clear();
        _convention.Begin();
        IsFinished = false;
        CopyCount = 0;
        _beams.Begin(Shape.StartToken, HardPrefix, Rules.Phrases);
        Rows = 1;
        RowTokens[0] = FirstToken;
        RowLanes[0] = 0;
        RowPositions[0] = HardPrefix.Length;
    }

    internal override Span<float> Coverage(int row) => _beams.Coverage(row)[.._sourceLength];

    internal override void FinishEmpty()
    {
        Ended.Clear();
        Ended.AddEmpty();
        IsFinished = true;
    }

    internal override void Advance(Span<float> logits)
    {
        BeamStep step = new(RowPositions[0], MostIds, HardPrefix.Length, UncountedIds);
        ReadOnlySpan<int> wish = Options.PrefixBias == 0 ? [] : Prefix;
        ReadOnlySpan<Candidate> candidates = _candidates.Find(_beams, step, logits, wish);
        _followedCount = 0;
        IsFinished = _convention.Choose(this, candidates, step) || _followedCount == 0;
        if (IsFinished && Ended.Count == 0)
        {
            throw GenerationException.NothingLeft(step.Position);
        }

        if (!IsFinished)
        {
            GoOn(step.Position, wish);
        }
    }

    /// <summary>Whether a candidate is the end token.</summary>
    internal bool IsEnd(in Candidate candidate) => candidate.Token == Shape.EndToken;

    /// <summary>Lets a candidate go on.</summary>
    internal void Follow(in Candidate candidate) => _followed[_followedCount++] = candidate;

    /// <summary>Ends a hypothesis with a candidate, be it the end token or the last id that there is room for.</summary>
    internal void End(in Candidate candidate, in BeamStep step)
    {
        if (Rules.Phrases is { } phrases && !phrases.AreAllMet(candidate.Phrases))
        {
            return;
        }

        float score = BeamScore.Normalize(candidate.Sum, step.Length, Options.LengthPenalty);
        if (NeedsCoverage)
        {
            score += Options.CoveragePenalty * BeamScore.Coverage(Coverage(candidate.Row));
        }

        Ended.Add(
            _beams.DecoderIds(candidate.Row).Slice(1, step.Position),
            _beams.LogProbabilities(candidate.Row)[..step.Position],
            candidate.Token,
            candidate.LogProbability,
            candidate.Sum,
            score,
            IsEnd(candidate));
    }

    /// <summary>CTranslate2 follows a wished prefix with its beam search even where there is one beam.</summary>
    private static IBeamConvention Convention(GenerationOptions options) => options.Convention == ScoreConvention.HuggingFace
        ? options.Beams == 1 ? new GreedyBeam() : new HuggingFaceBeams(options)
        : options.Beams == 1 && options.PrefixBias == 0 ? new GreedyBeam() : new CTranslate2Beams(options);

    private void GoOn(int position, ReadOnlySpan<int> wish)
    {
        for (int row = 0; row < _followedCount; row++)
        {
            Candidate candidate = _followed[row];
            _parentLanes[row] = _beams.Lanes[candidate.Row];
            _next.Extend(row, _beams, candidate, position);
            _next.HasLeftPrefix[row] = _beams.HasLeftPrefix[candidate.Row] || position >= wish.Length || candidate.Token != wish[position];
            RowTokens[row] = candidate.Token;
            RowPositions[row] = position + 1;
        }

        CopyCount = LaneAssignment.Assign(_parentLanes.AsSpan(0, _followedCount), _next.Lanes, LaneCopies);
        _next.Lanes.AsSpan(0, _followedCount).CopyTo(RowLanes);
        _next.Count = _followedCount;
        Rows = _followedCount;
        (_beams, _next) = (_next, _beams);
    }
}
