namespace Formwork.Generation;

/// <summary>
/// The choice of greedy search, which both engines make where there is one beam, whatever <see cref="EarlyStopping"/> and patience say: the best
/// candidate, until it is the end token.
/// </summary>
internal sealed class GreedyBeam : IBeamConvention
{
    public int PoolCapacity => 1;

    public void Begin()
    {
    }

    public bool Choose(BeamSearch search, ReadOnlySpan<Candidate> candidates, in BeamStep step)
    {
        if (candidates.IsEmpty)
        {
            return false;
        }

        if (step.IsLast || search.IsEnd(candidates[0]))
        {
            search.End(candidates[0], step);
            return true;
        }

        search.Follow(candidates[0]);
        return false;
    }
}
