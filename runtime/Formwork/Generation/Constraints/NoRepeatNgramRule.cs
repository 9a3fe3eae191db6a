namespace Formwork.Generation.Constraints;

/// <summary>Bans every id that would end an n-gram which has come already.</summary>
/// <param name="n">Ids of an n-gram.</param>
/// <param name="countsStart">Whether the start token is part of what has come.</param>
internal sealed class NoRepeatNgramRule(int n, bool countsStart) : ITokenRule
{
    public void Apply(Span<float> scores, in RowContext row)
    {
        ReadOnlySpan<int> history = countsStart ? row.DecoderIds : row.Target;
        if (history.Length < n)
        {
            return;
        }

        ReadOnlySpan<int> last = history[^(n - 1)..];
        for (int start = 0; start + n <= history.Length; start++)
        {
            if (history.Slice(start, n - 1).SequenceEqual(last))
            {
                scores[history[start + n - 1]] = float.NegativeInfinity;
            }
        }
    }
}
