namespace Formwork.Generation.Constraints;

/// <summary>Bans the end token while phrases are missing, and whatever would leave too little room for them and the end token.</summary>
/// <remarks>
/// A token is kept if the room after it holds the missing phrases one after another (<see cref="PhraseTrie.TokensLeft"/>) and the end token. Where
/// that holds before a token, the next one of the phrase begun keeps it so, or the first one of any where none is. Breaking off a phrase that is begun
/// costs what has come of it, so it is not enough to look at the room once it is used up.
/// </remarks>
/// <param name="phrases">The phrases.</param>
/// <param name="endToken">The end token.</param>
internal sealed class PhrasesRule(PhraseTrie phrases, int endToken) : ITokenRule
{
    private readonly int[] _next = new int[phrases.MaxNextTokens];
    private readonly float[] _scores = new float[phrases.MaxNextTokens];

    public void Apply(Span<float> scores, in RowContext row)
    {
        if (phrases.AreAllMet(row.Phrases))
        {
            return;
        }

        scores[endToken] = float.NegativeInfinity;

        // One place for the next token and one for the end token. Where there was too little room from the start, each token has to advance.
        int room = Math.Max(row.Remaining - 2, phrases.TokensLeft(row.Phrases) - 1);
        if (phrases.TokensLeft(new(0, row.Phrases.Met)) <= room)
        {
            return;
        }

        Span<int> next = _next.AsSpan(0, phrases.NextTokens(row.Phrases, _next));
        for (int place = 0; place < next.Length; place++)
        {
            int left = phrases.TokensLeft(phrases.Advance(row.Phrases, next[place]));
            _scores[place] = left <= room ? scores[next[place]] : float.NegativeInfinity;
        }

        scores.Fill(float.NegativeInfinity);
        for (int place = 0; place < next.Length; place++)
        {
            scores[next[place]] = _scores[place];
        }
    }
}
