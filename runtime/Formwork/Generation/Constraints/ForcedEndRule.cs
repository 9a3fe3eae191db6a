namespace Formwork.Generation.Constraints;

/// <summary>Lets only one id come where there is room for no more.</summary>
/// <param name="token">The id.</param>
internal sealed class ForcedEndRule(int token) : ITokenRule
{
    public void Apply(Span<float> scores, in RowContext row)
    {
        if (row.Remaining == 1)
        {
            scores.Fill(float.NegativeInfinity);
            scores[token] = 0;
        }
    }
}
