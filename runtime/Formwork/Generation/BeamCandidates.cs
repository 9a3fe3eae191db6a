using Formwork.Generation.Constraints;
using Formwork.Kernels;

namespace Formwork.Generation;

/// <summary>Finds the best ways for a set of beams to go on.</summary>
internal sealed class BeamCandidates
{
    private readonly GenerationOptions _options;
    private readonly DecodingShape _shape;
    private readonly TokenRules _rules;
    private readonly int[] _tokens;
    private readonly float[] _scores;
    private readonly Candidate[] _candidates;
    private readonly PhraseCandidates? _phrases;
    private int _count;

    /// <summary>Allocates the memory for all candidates.</summary>
    /// <param name="options">The options.</param>
    /// <param name="shape">What the model is like.</param>
    /// <param name="rules">The options' rules.</param>
    public BeamCandidates(GenerationOptions options, DecodingShape shape, TokenRules rules)
    {
        _options = options;
        _shape = shape;
        _rules = rules;

        // Half of twice as many may be end tokens, and there are still enough to go on.
        int most = 2 * options.Beams;
        _tokens = new int[most];
        _scores = new float[most];
        _candidates = new Candidate[most];
        _phrases = rules.Phrases is { } phrases ? new(phrases, options.Beams) : null;
    }

    /// <summary>Whether rules change log-probabilities, which are not normalised again, rather than logits.</summary>
    private bool RulesActOnLogProbabilities => _options.Convention == ScoreConvention.HuggingFace && _options.Beams > 1;

    /// <summary>The largest sum among the candidates.</summary>
    public float BestSum { get; private set; }

    /// <summary>Finds the candidates, best first; where phrases have to appear, those that keep every bank of them alive come first.</summary>
    /// <param name="beams">The beams.</param>
    /// <param name="step">The step.</param>
    /// <param name="logits">The beams' logits; written over.</param>
    /// <param name="wish">A prefix that is only a wish, or nothing.</param>
    /// <exception cref="GenerationException">Logits were of no use.</exception>
    public ReadOnlySpan<Candidate> Find(BeamSet beams, in BeamStep step, Span<float> logits, ReadOnlySpan<int> wish)
    {
        _count = 0;
        _phrases?.Clear();

        // To CTranslate2's rules a wished prefix is a prefix.
        int prefixLength = _options.Convention == ScoreConvention.CTranslate2 ? step.PrefixLength + wish.Length : step.PrefixLength;
        for (int row = 0; row < beams.Count; row++)
        {
            Span<float> scores = logits.Slice(row * _shape.Vocabulary, _shape.Vocabulary);
            bool follows = step.Position < wish.Length && !beams.HasLeftPrefix[row];
            RowContext context = new(beams.DecoderIds(row)[..(step.Position + 1)], prefixLength, step.MostIds - step.Position, beams.Phrases[row]);
            double normalizer = Score(scores, context, step.Position, follows ? wish[step.Position] : -1);
            AddBest(beams, row, scores, normalizer);
            _phrases?.AddAdvancing(beams, row, scores, normalizer);
        }

        BestSum = _count > 0 ? _candidates[0].Sum : float.NegativeInfinity;
        ReadOnlySpan<Candidate> best = _candidates.AsSpan(0, _count);
        return _phrases is null ? best : _phrases.Arrange(best);
    }

    /// <summary>Turns a row of logits into scores.</summary>
    /// <returns>What to subtract from a score to have the log-probability.</returns>
    private double Score(Span<float> scores, in RowContext context, int position, int wished)
    {
        if (_shape.MaskedToken >= 0)
        {
            scores[_shape.MaskedToken] = float.NegativeInfinity;
        }

        if (!RulesActOnLogProbabilities)
        {
            _rules.Apply(scores, context);
        }

        double normalizer = LogSoftmax.Normalizer(scores);
        if (!double.IsFinite(normalizer) && (_rules.IsEmpty || !double.IsNegativeInfinity(normalizer)))
        {
            throw GenerationException.UnusableLogits(position);
        }

        bool isWished = wished >= 0 && double.IsFinite(normalizer);
        bool rulesFollow = RulesActOnLogProbabilities && !_rules.IsEmpty;
        if (!isWished && !rulesFollow)
        {
            return normalizer;
        }

        LogSoftmax.Subtract(scores, normalizer);
        if (isWished)
        {
            PrefixBias.Apply(scores, wished, _options.PrefixBias);
        }

        if (rulesFollow)
        {
            _rules.Apply(scores, context);
        }

        return 0;
    }

    private void AddBest(BeamSet beams, int row, ReadOnlySpan<float> scores, double normalizer)
    {
        int found = TopK.Find(scores, _tokens, _scores);
        for (int index = 0; index < found; index++)
        {
            Candidate candidate = Create(beams, row, _tokens[index], _scores[index], normalizer);
            if (_count == _candidates.Length && !(candidate.Sum > _candidates[^1].Sum))
            {
                // The row's others are no better.
                return;
            }

            int place = _count < _candidates.Length ? _count++ : _count - 1;
            for (; place > 0 && _candidates[place - 1].Sum < candidate.Sum; place--)
            {
                _candidates[place] = _candidates[place - 1];
            }

            _candidates[place] = candidate;
        }
    }

    private Candidate Create(BeamSet beams, int row, int token, float score, double normalizer)
    {
        float logProbability = (float)(score - normalizer);
        PhraseProgress progress = _rules.Phrases is { } phrases ? phrases.Advance(beams.Phrases[row], token) : default;
        return new(row, token, logProbability, beams.Sums[row] + logProbability, progress);
    }
}
