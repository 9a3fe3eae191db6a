namespace Formwork.Generation;

/// <summary>A target with its scores, in arrays of its own.</summary>
/// <param name="Tokens">The ids: the prefix, what was produced, and the end token where it was reached.</param>
/// <param name="LogProbabilities">What each id added to <paramref name="Sum"/>: its natural log-probability after the rules; 0 for the prefix.</param>
/// <param name="Sum">The sum of the log-probabilities.</param>
/// <param name="Score">The sum, normalised and penalised as the options say.</param>
/// <param name="IsEnded">Whether the end token was reached.</param>
public sealed record ScoredTarget(int[] Tokens, float[] LogProbabilities, float Sum, float Score, bool IsEnded);
