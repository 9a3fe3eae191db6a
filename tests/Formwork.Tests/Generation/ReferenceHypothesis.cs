namespace Formwork.Tests.Generation;

/// <summary>A hypothesis of a reference search.</summary>
/// <param name="Tokens">Its ids, the prefix and the end token included.</param>
/// <param name="LogProbabilities">What each id added to the sum.</param>
/// <param name="IsEnded">Whether the end token was reached.</param>
internal sealed record ReferenceHypothesis(int[] Tokens, double[] LogProbabilities, bool IsEnded)
{
    public double Sum => LogProbabilities.Sum();

    public double Score { get; init; }

    public ReferenceHypothesis Append(int token, double logProbability, int endToken) =>
        new([.. Tokens, token], [.. LogProbabilities, logProbability], token == endToken);
}
