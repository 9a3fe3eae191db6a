namespace Formwork.Generation;

/// <summary>
/// The choice that transformers' <c>BeamSearchScorer</c> makes: an end token counts among the first candidates only, the others go on until there
/// are as many as beams; a candidate that ends does not cost a beam its place.
/// </summary>
internal sealed class HuggingFaceBeams(GenerationOptions options) : IBeamConvention
{
    public int PoolCapacity => options.Beams;

    public void Begin()
    {
    }

    public bool Choose(BeamSearch search, ReadOnlySpan<Candidate> candidates, in BeamStep step)
    {
        for (int rank = 0; rank < candidates.Length && search.Followed.Length < options.Beams; rank++)
        {
            if (!search.IsEnd(candidates[rank]))
            {
                search.Follow(candidates[rank]);
            }
            else if (rank < options.Beams)
            {
                search.End(candidates[rank], step);
            }
        }

        if (search.Ended.IsFull && (options.EarlyStopping == EarlyStopping.Immediate || search.Ended.WorstScore >= Attainable(search.BestSum, step)))
        {
            return true;
        }

        if (step.IsLast)
        {
            foreach (Candidate open in search.Followed)
            {
                search.End(open, step);
            }
        }

        return step.IsLast;
    }

    /// <summary>
    /// The score that the best candidate is taken to be able to reach: with its present length, or, where no better one may be missed and length
    /// makes scores better, with the greatest length.
    /// </summary>
    private float Attainable(float sum, in BeamStep step)
    {
        int length = options.EarlyStopping == EarlyStopping.Never && options.LengthPenalty > 0 ? step.MostLength : step.Length;
        return BeamScore.Normalize(sum, length, options.LengthPenalty);
    }
}
