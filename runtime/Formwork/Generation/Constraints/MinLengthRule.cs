namespace Formwork.Generation.Constraints;

/// <summary>Bans the end token until there are enough ids before it.</summary>
/// <param name="minLength">Ids that have to come before the end token.</param>
/// <param name="countsPrefix">Whether those of the prefix count.</param>
/// <param name="endToken">The end token.</param>
internal sealed class MinLengthRule(int minLength, bool countsPrefix, int endToken) : ITokenRule
{
    public void Apply(Span<float> scores, in RowContext row)
    {
        if (row.Target.Length - (countsPrefix ? 0 : row.PrefixLength) < minLength)
        {
            scores[endToken] = float.NegativeInfinity;
        }
    }
}
