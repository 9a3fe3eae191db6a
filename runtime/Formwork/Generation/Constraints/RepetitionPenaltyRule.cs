namespace Formwork.Generation.Constraints;

/// <summary>Lowers the score of every id that has come, once however often it did ("CTRL", Keskar et al., 2019).</summary>
/// <param name="penalty">What positive scores are divided by and negative ones multiplied by.</param>
/// <param name="countsStart">Whether the start token has come.</param>
/// <param name="vocabulary">Number of ids.</param>
internal sealed class RepetitionPenaltyRule(float penalty, bool countsStart, int vocabulary) : ITokenRule
{
    /// <summary>What has been penalised in this row; empty between rows.</summary>
    private readonly TokenSet _seen = new(vocabulary);

    public void Apply(Span<float> scores, in RowContext row)
    {
        ReadOnlySpan<int> history = countsStart ? row.DecoderIds : row.Target;
        foreach (int token in history)
        {
            if (!_seen.Contains(token))
            {
                _seen.Add(token);
                scores[token] = scores[token] < 0 ? scores[token] * penalty : scores[token] / penalty;
            }
        }

        foreach (int token in history)
        {
            _seen.Remove(token);
        }
    }
}
