using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>Every target that the rules allow, by trying all ids after all targets: only for small vocabularies and lengths.</summary>
internal static class Enumeration
{
    /// <summary>All targets that have ended or reached the greatest length, the best score first.</summary>
    public static ReferenceHypothesis[] Run(ReferenceProblem problem)
    {
        int[] prefix = [.. problem.Options.Prefix];
        return [.. Complete(problem, new(prefix, new double[prefix.Length], false))
            .Select(target => target with { Score = Score(problem, target) })
            .OrderByDescending(static target => target.Score)];
    }

    private static IEnumerable<ReferenceHypothesis> Complete(ReferenceProblem problem, ReferenceHypothesis target)
    {
        if (target.IsEnded || target.Tokens.Length == ReferenceRules.MostIds(problem))
        {
            return [target];
        }

        // Where Hugging Face has several beams, its rules change log-probabilities; otherwise they change logits.
        bool normalizesFirst = problem.Options.Convention == ScoreConvention.HuggingFace && problem.Options.Beams > 1;
        double[] scores = problem.Logits(target.Tokens);
        scores = ReferenceRules.Apply(problem, normalizesFirst ? ReferenceProblem.LogSoftmax(scores) : scores, target.Tokens);
        if (scores.All(double.IsNegativeInfinity))
        {
            return [];
        }

        scores = normalizesFirst ? scores : ReferenceProblem.LogSoftmax(scores);
        return Enumerable.Range(0, scores.Length)
            .Where(token => !double.IsNegativeInfinity(scores[token]))
            .SelectMany(token => Complete(problem, target.Append(token, scores[token], problem.Shape.EndToken)));
    }

    private static double Score(ReferenceProblem problem, ReferenceHypothesis target)
    {
        GenerationOptions options = problem.Options;
        int counted = target.Tokens.Length - (options.Convention == ScoreConvention.HuggingFace ? options.Prefix.Count : 0);
        return (target.Sum / Math.Pow(counted, options.LengthPenalty)) + (options.CoveragePenalty == 0 ? 0 : problem.Coverage(target.Tokens));
    }
}
