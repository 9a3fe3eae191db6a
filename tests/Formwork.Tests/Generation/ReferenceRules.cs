using Formwork.Generation;
using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

/// <summary>The rules on the next token as the reference engines have them, each written out as it is defined.</summary>
internal static class ReferenceRules
{
    /// <summary>Scores after the rules; those of ids that may not come are −∞.</summary>
    /// <param name="problem">What is searched.</param>
    /// <param name="scores">Log-probabilities where Hugging Face has several beams, logits otherwise.</param>
    /// <param name="target">The target so far, its prefix included.</param>
    public static double[] Apply(ReferenceProblem problem, double[] scores, int[] target)
    {
        GenerationOptions options = problem.Options;
        bool huggingFace = options.Convention == ScoreConvention.HuggingFace;
        int end = problem.Shape.EndToken;
        int prefix = options.Prefix.Count;
        int counted = huggingFace ? target.Length - prefix : target.Length;
        int[] history = huggingFace ? [problem.Shape.StartToken, .. target] : target;
        double[] result = [.. scores];
        foreach (int token in options.RepetitionPenalty == 1 ? [] : history.Distinct())
        {
            result[token] = result[token] < 0 ? result[token] * options.RepetitionPenalty : result[token] / options.RepetitionPenalty;
        }

        HashSet<int> banned = [.. CompletedNgrams(history, options.NoRepeatNgram), .. CompletedSequences(target, options.SuppressedSequences)];
        if (counted < options.MinLength)
        {
            banned.Add(end);
        }

        if (options.AllowedTokens is { } allowed)
        {
            TokenSet set = new(problem.Model.Vocabulary);
            allowed(target, set);
            banned.UnionWith(Enumerable.Range(0, result.Length).Where(token => !set.Contains(token)));
        }

        HashSet<int> suppressed = [.. options.SuppressedTokens];

        // What is forced to come first is not what a rule on the beginning means.
        int beginning = options.ForcedStart is not null && prefix == 0 ? 1 : prefix;
        if (target.Length == beginning)
        {
            suppressed.UnionWith(options.SuppressedAtStart);
        }

        int? forced = target.Length + 1 == MostIds(problem) ? options.ForcedEnd : null;
        forced ??= target.Length == 0 ? options.ForcedStart : null;
        if (forced is { } only)
        {
            // Hugging Face suppresses after it forces; CTranslate2 does not force, so that here forcing comes last.
            banned = [.. Enumerable.Range(0, result.Length).Where(token => token != only)];
            suppressed = huggingFace ? suppressed : [];
            result[only] = 0;
        }

        banned.UnionWith(suppressed);
        foreach (int token in banned)
        {
            result[token] = double.NegativeInfinity;
        }

        return result;
    }

    /// <summary>The most ids of a target, its prefix included.</summary>
    public static int MostIds(ReferenceProblem problem)
    {
        GenerationOptions options = problem.Options;
        int prefix = options.Convention == ScoreConvention.HuggingFace ? options.Prefix.Count : 0;
        return options.MaxLength is { } most ? Math.Min(problem.Shape.TargetLength, most + prefix) : problem.Shape.TargetLength;
    }

    private static IEnumerable<int> CompletedNgrams(int[] history, int size) =>
        size == 0 || history.Length < size
            ? []
            : Enumerable.Range(0, history.Length - size + 1)
                .Where(start => history.Skip(start).Take(size - 1).SequenceEqual(history.TakeLast(size - 1)))
                .Select(start => history[start + size - 1]);

    private static IEnumerable<int> CompletedSequences(int[] target, IReadOnlyList<int[]> sequences) =>
        sequences.Where(sequence => target.Length >= sequence.Length - 1 && target.TakeLast(sequence.Length - 1).SequenceEqual(sequence.SkipLast(1)))
            .Select(static sequence => sequence[^1]);
}
