namespace Formwork.Generation.Constraints;

/// <summary>Lets only one id come right after the start token. A prefix takes that place.</summary>
/// <param name="token">The id.</param>
internal sealed class ForcedStartRule(int token) : ITokenRule
{
    public void Apply(Span<float> scores, in RowContext row)
    {
        if (row.Target.IsEmpty)
        {
            scores.Fill(float.NegativeInfinity);
            scores[token] = 0;
        }
    }
}
