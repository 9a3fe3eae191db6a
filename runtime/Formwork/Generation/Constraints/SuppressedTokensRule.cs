namespace Formwork.Generation.Constraints;

/// <summary>Bans ids at every position.</summary>
/// <param name="tokens">The ids.</param>
internal sealed class SuppressedTokensRule(int[] tokens) : ITokenRule
{
    public void Apply(Span<float> scores, in RowContext row)
    {
        foreach (int token in tokens)
        {
            scores[token] = float.NegativeInfinity;
        }
    }
}
