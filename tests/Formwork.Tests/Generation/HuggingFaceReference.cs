using Formwork.Generation;

namespace Formwork.Tests.Generation;

/// <summary>
/// Greedy and beam search as <c>generate()</c> of Hugging Face transformers defines them, without anything that makes them fast. Beams that do not
/// exist and ids that rules forbid give no candidates; a hypothesis that cannot go on is dropped.
/// </summary>
internal sealed class HuggingFaceReference(ReferenceProblem problem, Margin margin)
{
    private readonly GenerationOptions _options = problem.Options;
    private readonly int _beams = problem.Options.Beams;
    private readonly List<ReferenceHypothesis> _held = [];

    private double Worst => _held.Min(static held => held.Score);

    /// <summary>The hypotheses, the best one first; none where the rules leave none.</summary>
    public ReferenceHypothesis[] Run()
    {
        int[] prefix = [.. _options.Prefix];
        ReferenceHypothesis start = new(prefix, new double[prefix.Length], false);
        return _beams == 1 ? Greedy(start) : Beams(start);
    }

    private ReferenceHypothesis[] Greedy(ReferenceHypothesis target)
    {
        while (!target.IsEnded && target.Tokens.Length < ReferenceRules.MostIds(problem))
        {
            double[] scores = ReferenceRules.Apply(problem, problem.Logits(target.Tokens), target.Tokens);
            if (scores.All(double.IsNegativeInfinity))
            {
                return [];
            }

            scores = ReferenceProblem.LogSoftmax(scores);
            double[] sorted = [.. scores.OrderDescending()];
            margin.Gap(sorted[0], sorted[1]);
            target = target.Append(Array.IndexOf(scores, sorted[0]), sorted[0], problem.Shape.EndToken);
        }

        return [target with { Score = Score(target.Sum, target.Tokens.Length) }];
    }

    private ReferenceHypothesis[] Beams(ReferenceHypothesis start)
    {
        List<ReferenceHypothesis> running = [start];
        bool isDone = false;
        for (int length = start.Tokens.Length + 1; length <= ReferenceRules.MostIds(problem) && running.Count > 0 && !isDone; length++)
        {
            ReferenceHypothesis[] candidates = [.. running.SelectMany(Candidates).OrderByDescending(static candidate => candidate.Sum).Take(2 * _beams)];
            foreach (ReferenceHypothesis ended in candidates.Take(_beams).Where(static candidate => candidate.IsEnded))
            {
                Hold(ended);
            }

            ReferenceHypothesis[] open = [.. candidates.Where(static candidate => !candidate.IsEnded)];
            running = [.. open.Take(_beams)];
            NoteMargins(candidates, open);
            isDone = candidates.Length > 0 && IsDone(candidates[0].Sum, length);
        }

        foreach (ReferenceHypothesis open in isDone ? [] : running)
        {
            Hold(open);
        }

        ReferenceHypothesis[] sorted = [.. _held.OrderByDescending(static held => held.Score)];
        for (int place = 0; place < Math.Min(_options.NBest, sorted.Length - 1); place++)
        {
            int shortest = Math.Min(sorted[place].Tokens.Length, sorted[place + 1].Tokens.Length);
            margin.Gap(sorted[place].Score, sorted[place + 1].Score, Divisor(shortest));
        }

        return sorted[..Math.Min(_options.NBest, sorted.Length)];
    }

    private IEnumerable<ReferenceHypothesis> Candidates(ReferenceHypothesis beam)
    {
        double[] scores = ReferenceRules.Apply(problem, ReferenceProblem.LogSoftmax(problem.Logits(beam.Tokens)), beam.Tokens);
        return Enumerable.Range(0, scores.Length)
            .Where(token => !double.IsNegativeInfinity(scores[token]))
            .Select(token => beam.Append(token, scores[token], problem.Shape.EndToken));
    }

    /// <summary>Keeps a finished hypothesis if it is among the best, of which there are as many as beams.</summary>
    private void Hold(ReferenceHypothesis finished)
    {
        finished = finished with { Score = Score(finished.Sum, finished.Tokens.Length) };
        if (_held.Count == _beams)
        {
            margin.Gap(finished.Score, Worst, Divisor(finished.Tokens.Length));
            if (finished.Score <= Worst)
            {
                return;
            }

            _held.Remove(_held.MinBy(static held => held.Score)!);
        }

        _held.Add(finished);
    }

    private bool IsDone(double bestSum, int length)
    {
        if (_held.Count < _beams)
        {
            return false;
        }

        if (_options.EarlyStopping == EarlyStopping.Immediate)
        {
            return true;
        }

        bool grows = _options.EarlyStopping == EarlyStopping.Never && _options.LengthPenalty > 0;
        double attainable = Score(bestSum, grows ? ReferenceRules.MostIds(problem) : length);

        // They are exactly equal where the worst one has just ended and is the best candidate: no matter of rounding.
        if (attainable != Worst)
        {
            margin.Gap(attainable, Worst, Divisor(length));
        }

        return Worst >= attainable;
    }

    private double Score(double sum, int length) => sum / Divisor(length);

    private double Divisor(int length) => Math.Pow(length - _options.Prefix.Count, _options.LengthPenalty);

    private void NoteMargins(ReferenceHypothesis[] candidates, ReferenceHypothesis[] open)
    {
        if (open.Length > _beams)
        {
            margin.Gap(open[_beams - 1].Sum, open[_beams].Sum);
        }

        // Whether an end token counts hangs on which side of this place it is.
        if (candidates.Length > _beams && (candidates[_beams - 1].IsEnded || candidates[_beams].IsEnded))
        {
            margin.Gap(candidates[_beams - 1].Sum, candidates[_beams].Sum);
        }
    }
}
