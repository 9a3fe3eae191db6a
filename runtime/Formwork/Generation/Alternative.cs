namespace Formwork.Generation;

/// <summary>One way to go on after a prefix.</summary>
/// <param name="Token">The first id after the prefix.</param>
/// <param name="LogProbability">Its natural log-probability after the prefix and the rules.</param>
/// <param name="Target">The prefix, the id, and what follows; its scores are those of what follows.</param>
public sealed record Alternative(int Token, float LogProbability, ScoredTarget Target);
