namespace Translate.Sentences;

/// <summary>
/// Puts the translations of a text's parts together. Any translation of one part may follow any of the part before, so the list holds the best
/// ways to combine them. Samples are put together one by one instead: a combination of the best would not be drawn at random any more.
/// </summary>
/// <param name="most">The most translations to keep.</param>
/// <param name="areSamples">Whether the translations were drawn.</param>
internal sealed class WholeText(int most, bool areSamples)
{
    private Combination[] _combinations = [new(null, null, 0, 0)];
    private int _parts;

    /// <summary>Whether the model ended the best translation of every part itself.</summary>
    public bool ReachedEnd { get; private set; } = true;

    /// <summary>Adds the translations of the next part, the best one first.</summary>
    public void Add(IReadOnlyList<Translation> part)
    {
        _parts++;
        ReachedEnd &= part[0].ReachedEnd;
        _combinations = areSamples
            ? [.. part.Select((translation, index) => Combine(_combinations[Math.Min(index, _combinations.Length - 1)], translation))]
            : [.. Combinations(part).OrderByDescending(each => each.Score).Take(most)];
    }

    /// <summary>The translations of the whole text, the best one first. The score is the mean of the parts' scores.</summary>
    public IEnumerable<(string Text, double Score, double LogProbability)> Translations() =>
        _combinations.Select(each => (each.Text(), _parts == 0 ? 0 : each.Score / _parts, each.LogProbability));

    private IEnumerable<Combination> Combinations(IReadOnlyList<Translation> part) =>
        _combinations.SelectMany(before => part.Select(translation => Combine(before, translation)));

    private static Combination Combine(Combination before, Translation translation) =>
        new(before, translation, before.Score + translation.Score, before.LogProbability + translation.LogProbability);

    /// <summary>A translation of the parts so far: one of the last part after one of those before.</summary>
    private sealed record Combination(Combination? Before, Translation? Last, double Score, double LogProbability)
    {
        public string Text()
        {
            var texts = new Stack<string>();
            for (Combination? each = this; each is not null; each = each.Before)
            {
                if (each.Last is { Pieces.Length: > 0 } last)
                {
                    texts.Push(last.Text);
                }
            }

            return string.Join(' ', texts);
        }
    }
}
