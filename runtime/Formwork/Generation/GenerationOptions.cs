using Formwork.Generation.Constraints;

namespace Formwork.Generation;

/// <summary>
/// How targets are searched for. What is left out does nothing: the default is greedy search. An option that the chosen
/// <see cref="Convention"/> does not know is refused rather than ignored.
/// </summary>
public sealed record GenerationOptions
{
    /// <summary>Hypotheses that are followed side by side (default 1), at most the declaration's <c>MaxBeams</c>.</summary>
    public int Beams { get; init; } = 1;

    /// <summary>Hypotheses that are returned (default 1): at most <see cref="Beams"/>, or any number of samples where <see cref="Sample"/> is set.</summary>
    public int NBest { get; init; } = 1;

    /// <summary>Whose arithmetic the search follows.</summary>
    public ScoreConvention Convention { get; init; }

    /// <summary>α of <c>sum / length^α</c> (default 1). Above 0 it favours long targets; 0 leaves sums as they are.</summary>
    public float LengthPenalty { get; init; } = 1;

    /// <summary>β of <c>score + β · Σⱼ log min(Σᵢ aᵢⱼ, 1)</c> over source positions j ("Google's Neural Machine Translation System", Wu et al., 2016, equation 14); 0 leaves it out. It needs recorded cross-attention.</summary>
    public float CoveragePenalty { get; init; }

    /// <summary>When to stop, under <see cref="ScoreConvention.HuggingFace"/>.</summary>
    public EarlyStopping EarlyStopping { get; init; }

    /// <summary>Hypotheses that have to end before the search does, as a multiple of <see cref="Beams"/>, under <see cref="ScoreConvention.CTranslate2"/> ("A Call for Clarity in Beam Search", Kasai et al., 2022).</summary>
    public float Patience { get; init; } = 1;

    /// <summary>Whether tokens are drawn at random rather than chosen. Each of <see cref="NBest"/> hypotheses is drawn on its own.</summary>
    public bool Sample { get; init; }

    /// <summary>What logits are divided by before drawing (default 1).</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>Draws among this many of the most probable tokens; 0 for all ("Hierarchical Neural Story Generation", Fan et al., 2018).</summary>
    public int TopK { get; init; }

    /// <summary>Draws among the fewest tokens whose probabilities reach this sum; 1 for all ("The Curious Case of Neural Text Degeneration", Holtzman et al., 2020).</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Draws among tokens at least this probable relative to the most probable one; 0 for all ("Turning Up the Heat: Min-p Sampling", Nguyen et al., 2024).</summary>
    public float MinP { get; init; }

    /// <summary>Seed of the random numbers. The same seed gives the same text.</summary>
    public ulong Seed { get; init; }

    /// <summary>Ids that have to come before the end token may (default 0). <see cref="Convention"/> says whether the prefix counts.</summary>
    public int MinLength { get; init; }

    /// <summary>The most ids of a hypothesis, the end token included; null for all that the declaration has room for. <see cref="Convention"/> says whether the prefix counts.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What the score of an id that has come already is divided by where it is positive, and multiplied by where it is negative (default 1; "CTRL", Keskar et al., 2019).</summary>
    public float RepetitionPenalty { get; init; } = 1;

    /// <summary>n for which no sequence of n ids comes twice; 0 for no such rule.</summary>
    public int NoRepeatNgram { get; init; }

    /// <summary>Ids that are never produced.</summary>
    public IReadOnlyList<int> SuppressedTokens { get; init; } = [];

    /// <summary>Ids that are not produced right after the prefix.</summary>
    public IReadOnlyList<int> SuppressedAtStart { get; init; } = [];

    /// <summary>Sequences of ids that are never produced.</summary>
    public IReadOnlyList<int[]> SuppressedSequences { get; init; } = [];

    /// <summary>The only id that may come first, such as a target language.</summary>
    public int? ForcedStart { get; init; }

    /// <summary>The only id that may come last, where a target reaches its greatest length.</summary>
    public int? ForcedEnd { get; init; }

    /// <summary>Ids that every hypothesis begins with. They are part of it and add nothing to its score.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    /// <summary>
    /// β: where it is not 0, <see cref="Prefix"/> is a wish. While a hypothesis follows it, its next token has the probability
    /// <c>(1 − β) · p + β</c>, the others <c>(1 − β) · p</c> ("Re-translation versus Streaming for Simultaneous Translation", Arivazhagan et al., 2020).
    /// </summary>
    public float PrefixBias { get; init; }

    /// <summary>Phrases that each have to appear: at most 64 ("Fast Lexically Constrained Decoding with Dynamic Beam Allocation", Post and Vilar, 2018).</summary>
    public IReadOnlyList<int[]> Phrases { get; init; } = [];

    /// <summary>Says which ids may come next, for grammars; null for all.</summary>
    public AllowedTokens? AllowedTokens { get; init; }
}
