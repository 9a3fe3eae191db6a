namespace Formwork.Tests.Generation;

/// <summary>What the phrase automaton says, by looking at the whole history again each time.</summary>
internal sealed class PhraseReference(IReadOnlyList<int[]> phrases)
{
    private readonly int[][] _maximal =
        [.. phrases.Where((phrase, index) => !phrases.Where((other, at) => at != index && Contains(other, phrase) && (other.Length > phrase.Length || at < index)).Any())];

    public static bool Contains(int[] sequence, int[] part) =>
        Enumerable.Range(0, Math.Max(0, sequence.Length - part.Length + 1)).Any(start => sequence.Skip(start).Take(part.Length).SequenceEqual(part));

    public bool AreAllMet(int[] history) => phrases.All(phrase => Contains(history, phrase));

    public int TokensMet(int[] history) => _maximal.Where(phrase => Contains(history, phrase)).Sum(phrase => phrase.Length) + Partial(history);

    public int TokensLeft(int[] history) => Missing(history).Sum(phrase => phrase.Length) - Partial(history);

    public int[] NextTokens(int[] history) =>
        [.. Missing(history).SelectMany(phrase => Matches(history, phrase).Select(length => phrase[length])).Distinct().Order()];

    private IEnumerable<int[]> Missing(int[] history) => _maximal.Where(phrase => !Contains(history, phrase));

    private int Partial(int[] history) => Missing(history).SelectMany(phrase => Matches(history, phrase)).DefaultIfEmpty(0).Max();

    /// <summary>The lengths of the phrase's beginnings that the history ends with.</summary>
    private static IEnumerable<int> Matches(int[] history, int[] phrase) =>
        Enumerable.Range(0, phrase.Length).Where(length => length <= history.Length && history.AsSpan()[^length..].SequenceEqual(phrase.AsSpan(0, length)));
}
