namespace Formwork.Generation;

/// <summary>One hypothesis of a search. It is a view of the search's memory: the next run writes over it.</summary>
public readonly ref struct Hypothesis
{
    internal Hypothesis(ReadOnlySpan<int> tokens, ReadOnlySpan<float> logProbabilities, float sum, float score, bool isEnded)
    {
        Tokens = tokens;
        LogProbabilities = logProbabilities;
        Sum = sum;
        Score = score;
        IsEnded = isEnded;
    }

    /// <summary>The ids: the prefix, what was produced, and the end token where it was reached.</summary>
    public ReadOnlySpan<int> Tokens { get; }

    /// <summary>What each id added to <see cref="Sum"/>: its natural log-probability after the rules; 0 for the prefix.</summary>
    public ReadOnlySpan<float> LogProbabilities { get; }

    /// <summary>The sum of the log-probabilities.</summary>
    public float Sum { get; }

    /// <summary>The sum, normalised and penalised as the options say: what hypotheses are ranked by.</summary>
    public float Score { get; }

    /// <summary>Whether the end token was reached; false where the hypothesis ran out of room.</summary>
    public bool IsEnded { get; }

    /// <summary>Copies the hypothesis out of the search's memory.</summary>
    public ScoredTarget Copy() => new(Tokens.ToArray(), LogProbabilities.ToArray(), Sum, Score, IsEnded);
}
