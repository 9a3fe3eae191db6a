namespace Formwork.Generation.Constraints;

/// <summary>Bans what the caller's function does not allow.</summary>
/// <param name="allowedTokens">The function.</param>
/// <param name="vocabulary">Number of ids.</param>
/// <param name="endToken">The end token, for the message.</param>
internal sealed class AllowedTokensRule(AllowedTokens allowedTokens, int vocabulary, int endToken) : ITokenRule
{
    private readonly TokenSet _allowed = new(vocabulary);

    public void Apply(Span<float> scores, in RowContext row)
    {
        _allowed.Clear();
        allowedTokens(row.Target, _allowed);
        if (_allowed.Count == 0)
        {
            throw new GenerationException(
                $"The function AllowedTokens of the options allowed no token at position {row.Target.Length}: " +
                $"it has to add at least one id to the set, and the end token {endToken} where nothing else may come.");
        }

        for (int token = 0; token < scores.Length; token++)
        {
            if (!_allowed.Contains(token))
            {
                scores[token] = float.NegativeInfinity;
            }
        }
    }
}
