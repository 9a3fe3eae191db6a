namespace Formwork.Generation;

/// <summary>Which of a step's candidates end, which go on, and when a beam search has enough.</summary>
internal interface IBeamConvention
{
    /// <summary>The most hypotheses that are kept.</summary>
    int PoolCapacity { get; }

    /// <summary>Begins a run.</summary>
    void Begin();

    /// <summary>Ends candidates and follows candidates, in the order of their scores.</summary>
    /// <param name="search">The search to tell.</param>
    /// <param name="candidates">Twice as many as there are beams, where the vocabulary and the rules allow so many.</param>
    /// <param name="step">The step.</param>
    /// <returns>Whether the search has enough.</returns>
    bool Choose(BeamSearch search, ReadOnlySpan<Candidate> candidates, in BeamStep step);
}
