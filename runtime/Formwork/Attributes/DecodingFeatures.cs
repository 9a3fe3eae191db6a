namespace Formwork;

/// <summary>What is generated for decoding beside greedy <c>Generate</c> and the steps that it consists of.</summary>
[Flags]
public enum DecodingFeatures
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>Score</c>: log-probabilities of a given target.</summary>
    Scoring = 1,

    /// <summary><c>CreateSearch</c> and <c>Generate</c> with it: rules, scores and, with <c>MaxBeams</c>, beam search.</summary>
    Search = 2,

    /// <summary>Sampling with a search; it needs <see cref="Search"/>.</summary>
    Sampling = 4,

    /// <summary><c>Stream</c>: tokens one by one.</summary>
    Streaming = 8,

    /// <summary><c>Alternatives</c>: other ways to go on; it needs <see cref="Search"/>.</summary>
    Alternatives = 16,

    /// <summary>Everything.</summary>
    All = Scoring | Search | Sampling | Streaming | Alternatives,
}
