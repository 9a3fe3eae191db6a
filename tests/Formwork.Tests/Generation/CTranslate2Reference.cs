using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>
/// CTranslate2's beam search (with one beam, its greedy search), without anything that makes it fast. Beams that do not exist and ids that rules
/// forbid give no candidates; whether a hypothesis follows a soft prefix is its own property.
/// </summary>
internal sealed class CTranslate2Reference(ReferenceProblem problem, Margin margin)
{
    private readonly GenerationOptions _options = problem.Options;
    private readonly int _beams = problem.Options.Beams;
    private readonly int[] _prefix = [.. problem.Options.Prefix];
    private readonly List<ReferenceHypothesis> _finished = [];
    private bool _bestHasEnded;

    private bool FirstIsEnough => _options.LengthPenalty == 0 && _options.CoveragePenalty == 0;

    private bool IsGreedy => _beams == 1 && _options.PrefixBias == 0;

    /// <summary>The hypotheses, the best one first; none where the rules leave none.</summary>
    public ReferenceHypothesis[] Run()
    {
        int most = ReferenceRules.MostIds(problem);
        int[] hard = _options.PrefixBias == 0 ? _prefix : [];
        List<ReferenceHypothesis> running = [new(hard, new double[hard.Length], false)];
        for (int length = hard.Length + 1; length <= most && running.Count > 0 && !IsDone; length++)
        {
            ReferenceHypothesis[] candidates = [.. running.SelectMany(Candidates).OrderByDescending(static candidate => candidate.Sum).Take(2 * _beams)];
            bool afterPrefix = hard.Length > 0 && length == hard.Length + 1;
            running = [.. Next(candidates, afterPrefix, length == most)];
            NoteMargins(candidates, running, afterPrefix, length == most);
        }

        ReferenceHypothesis[] sorted = [.. _finished.Select(Scored).OrderByDescending(static finished => finished.Score)];
        for (int place = 0; place < Math.Min(_options.NBest, sorted.Length - 1); place++)
        {
            int shortest = Math.Min(sorted[place].Tokens.Length, sorted[place + 1].Tokens.Length);
            margin.Gap(sorted[place].Score, sorted[place + 1].Score, Math.Pow(shortest, _options.LengthPenalty));
        }

        return sorted[..Math.Min(_options.NBest, sorted.Length)];
    }

    private bool IsDone => IsGreedy
        ? _finished.Count > 0
        : FirstIsEnough
            ? _bestHasEnded && _finished.Count >= _options.NBest
            : _finished.Count >= Math.Round(_beams * _options.Patience, MidpointRounding.AwayFromZero);

    private IEnumerable<ReferenceHypothesis> Candidates(ReferenceHypothesis beam)
    {
        double[] scores = ReferenceRules.Apply(problem, problem.Logits(beam.Tokens), beam.Tokens);
        if (scores.All(double.IsNegativeInfinity))
        {
            return [];
        }

        scores = Bias(ReferenceProblem.LogSoftmax(scores), beam.Tokens);
        return Enumerable.Range(0, scores.Length)
            .Where(token => !double.IsNegativeInfinity(scores[token]))
            .Select(token => beam.Append(token, scores[token], problem.Shape.EndToken));
    }

    /// <summary>Mixes the next id of a soft prefix in, for a hypothesis that has followed it so far.</summary>
    private double[] Bias(double[] logProbabilities, int[] target)
    {
        if (_options.PrefixBias == 0 || target.Length >= _prefix.Length || !target.SequenceEqual(_prefix.Take(target.Length)))
        {
            return logProbabilities;
        }

        double[] mixed = [.. logProbabilities.Select(value => (1 - (double)_options.PrefixBias) * Math.Exp(value))];
        mixed[_prefix[target.Length]] += _options.PrefixBias;
        return [.. mixed.Select(static probability => Math.Log(probability))];
    }

    /// <summary>
    /// The beams that go on. The first candidates, as many as beams, take the places; one that ends is finished, and its place goes to the best
    /// candidate behind them that does not end and has no place yet.
    /// </summary>
    private IEnumerable<ReferenceHypothesis> Next(ReferenceHypothesis[] candidates, bool afterPrefix, bool last)
    {
        Queue<ReferenceHypothesis> substitutes = new(candidates.Skip(_beams).Where(static candidate => !candidate.IsEnded));
        for (int place = 0; place < Math.Min(_beams, candidates.Length); place++)
        {
            ReferenceHypothesis candidate = candidates[place];

            // Right after a prefix only one beam has been expanded, so that end tokens come up which are far from the best: only the first counts.
            if (afterPrefix && place > 0 && candidate.IsEnded)
            {
                continue;
            }

            if (!candidate.IsEnded && !last)
            {
                yield return candidate;
                continue;
            }

            _finished.Add(candidate);
            _bestHasEnded |= place == 0;
            if (substitutes.TryDequeue(out ReferenceHypothesis? substitute))
            {
                yield return substitute;
            }
        }
    }

    private ReferenceHypothesis Scored(ReferenceHypothesis finished) => finished with
    {
        Score = (finished.Sum / Math.Pow(finished.Tokens.Length, _options.LengthPenalty)) + (_options.CoveragePenalty == 0 ? 0 : problem.Coverage(finished.Tokens)),
    };

    private void NoteMargins(ReferenceHypothesis[] candidates, List<ReferenceHypothesis> running, bool afterPrefix, bool last)
    {
        if (candidates.Length > _beams && (last || candidates[_beams - 1].IsEnded || candidates[_beams].IsEnded))
        {
            margin.Gap(candidates[_beams - 1].Sum, candidates[_beams].Sum);
        }

        if (candidates.Length > 1 && (FirstIsEnough || afterPrefix) && (candidates[0].IsEnded || candidates[1].IsEnded))
        {
            margin.Gap(candidates[0].Sum, candidates[1].Sum);
        }

        ReferenceHypothesis? dropped = candidates.Skip(_beams).FirstOrDefault(candidate => !candidate.IsEnded && !running.Contains(candidate));
        if (dropped is not null && running.Count > 0)
        {
            margin.Gap(running.Min(static beam => beam.Sum), dropped.Sum);
        }
    }
}
