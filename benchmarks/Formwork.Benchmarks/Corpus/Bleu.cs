namespace Formwork.Benchmarks.Corpus;

/// <summary>Corpus BLEU-4 against one reference a sentence, without smoothing, as <c>training/bleu.py</c> counts it.</summary>
internal static class Bleu
{
    private const int LongestGram = 4;

    // Occurs in no token.
    private const char Separator = '\n';

    /// <summary>The score, from 0 to 100.</summary>
    /// <param name="hypotheses">The translations.</param>
    /// <param name="references">As many references.</param>
    /// <param name="tokenise">Cuts a sentence into tokens: BLEU depends on how.</param>
    /// <exception cref="ArgumentException">The two have different lengths.</exception>
    public static double Score(IReadOnlyList<string> hypotheses, IReadOnlyList<string> references, Func<string, string[]> tokenise)
    {
        if (hypotheses.Count != references.Count)
        {
            throw new ArgumentException("As many hypotheses as references are needed.", nameof(references));
        }

        long[] matches = new long[LongestGram];
        long[] totals = new long[LongestGram];
        long length = 0;
        long referenceLength = 0;
        for (int sentence = 0; sentence < hypotheses.Count; sentence++)
        {
            string[] hypothesis = tokenise(hypotheses[sentence]);
            string[] reference = tokenise(references[sentence]);
            length += hypothesis.Length;
            referenceLength += reference.Length;
            for (int gram = 1; gram <= LongestGram; gram++)
            {
                matches[gram - 1] += Matches(Count(hypothesis, gram), Count(reference, gram));
                totals[gram - 1] += Math.Max(0, hypothesis.Length - gram + 1);
            }
        }

        if (matches.Min() == 0)
        {
            return 0;
        }

        double brevity = Math.Min(0, 1 - ((double)referenceLength / length));
        double precision = matches.Zip(totals, static (match, total) => Math.Log((double)match / total)).Sum() / LongestGram;
        return 100 * Math.Exp(brevity + precision);
    }

    private static Dictionary<string, int> Count(string[] tokens, int gram)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int start = 0; start + gram <= tokens.Length; start++)
        {
            string key = string.Join(Separator, tokens, start, gram);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }

    // A gram counts as often as the reference has it, and no more often.
    private static long Matches(Dictionary<string, int> hypothesis, Dictionary<string, int> reference) =>
        hypothesis.Sum(pair => (long)Math.Min(pair.Value, reference.GetValueOrDefault(pair.Key)));
}
