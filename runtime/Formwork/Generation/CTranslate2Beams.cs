namespace Formwork.Generation;

/// <summary>
/// The choice that CTranslate2's <c>BeamSearch</c> makes: the first candidates take the beams' places; one that ends leaves its place to the next
/// candidate behind them that goes on.
/// </summary>
internal sealed class CTranslate2Beams(GenerationOptions options) : IBeamConvention
{
    private int _ended;
    private bool _hasTopEnded;

    public int PoolCapacity => options.NBest;

    /// <summary>Hypotheses that have to end: halves are rounded away from zero, as C's <c>round</c> does.</summary>
    private int Enough => (int)MathF.Round(options.Beams * options.Patience, MidpointRounding.AwayFromZero);

    public void Begin()
    {
        _ended = 0;
        _hasTopEnded = false;
    }

    public bool Choose(BeamSearch search, ReadOnlySpan<Candidate> candidates, in BeamStep step)
    {
        int spare = options.Beams;
        int places = Math.Min(options.Beams, candidates.Length);
        for (int rank = 0; rank < places; rank++)
        {
            Candidate candidate = candidates[rank];
            bool isEnd = search.IsEnd(candidate);
            if (isEnd && IsPenalized(rank, step))
            {
                continue;
            }

            if (!isEnd && !step.IsLast)
            {
                search.Follow(candidate);
                continue;
            }

            search.End(candidate, step);
            _ended++;
            _hasTopEnded |= rank == 0;
            while (spare < candidates.Length && search.IsEnd(candidates[spare]))
            {
                spare++;
            }

            if (spare < candidates.Length)
            {
                search.Follow(candidates[spare++]);
            }
        }

        // Without penalties no later hypothesis can beat the top beam once that has ended.
        bool hasEnough = options.LengthPenalty == 0 && options.CoveragePenalty == 0
            ? _hasTopEnded && _ended >= options.NBest
            : _ended >= Enough;
        return step.IsLast || hasEnough;
    }

    /// <summary>Right after a prefix the beams are candidates of a single one; only its best may end, or short targets would win.</summary>
    private static bool IsPenalized(int rank, in BeamStep step) => rank > 0 && step.PrefixLength > 0 && step.Position == step.PrefixLength;
}
