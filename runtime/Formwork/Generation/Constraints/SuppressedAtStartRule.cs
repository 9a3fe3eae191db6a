namespace Formwork.Generation.Constraints;

/// <summary>Bans ids where the search makes its first choice: right after the prefix, or after the forced start that stands in for one.</summary>
/// <param name="tokens">The ids.</param>
/// <param name="hasForcedStart">Whether the first id after the start token is forced where there is no prefix.</param>
internal sealed class SuppressedAtStartRule(int[] tokens, bool hasForcedStart) : ITokenRule
{
    public void Apply(Span<float> scores, in RowContext row)
    {
        int start = row.PrefixLength == 0 && hasForcedStart ? 1 : row.PrefixLength;
        if (row.Target.Length == start)
        {
            foreach (int token in tokens)
            {
                scores[token] = float.NegativeInfinity;
            }
        }
    }
}
