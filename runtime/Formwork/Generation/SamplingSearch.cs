using Formwork.Generation.Constraints;
using Formwork.Generation.Sampling;

namespace Formwork.Generation;

/// <summary>
/// Sampling: each hypothesis is drawn token by token, with random numbers of its own, so that what is drawn depends neither on how many are drawn
/// together nor on other sources. As many are drawn side by side as a source has lanes.
/// </summary>
internal sealed class SamplingSearch : Search
{
    private readonly TokenSampler _sampler;
    private readonly HypothesisPool _ended;
    private readonly BeamSet _samples;
    private readonly RandomStream[] _random;
    private int _drawn;

    public SamplingSearch(GenerationOptions options, DecodingShape shape)
        : base(options, shape, Math.Min(options.NBest, shape.MaxBeams))
    {
        _sampler = new(options, shape);
        _ended = new(options.NBest, shape.TargetLength);
        _samples = new(RowTokens.Length, shape.TargetLength, 0);
        _random = new RandomStream[RowTokens.Length];
    }

    public override int Count => IsFinished ? _ended.Count : 0;

    public override Hypothesis this[int index] => _ended[index < Count ? index : int.MaxValue];

    internal override void Begin(int sourceLength)
    {
        Run++;
        _ended.Clear();
        _drawn = 0;
        IsFinished = false;
        BeginSamples();
    }

    internal override void FinishEmpty()
    {
        _ended.Clear();
        _ended.AddEmpty();
        IsFinished = true;
    }

    internal override void Advance(Span<float> logits)
    {
        int position = RowPositions[0];
        CopyCount = 0;

        // From the last row to the first, so that the last one may take the place of one that has ended.
        for (int row = Rows - 1; row >= 0; row--)
        {
            Draw(row, position, logits.Slice(row * Shape.Vocabulary, Shape.Vocabulary));
        }

        if (Rows > 0)
        {
            return;
        }

        IsFinished = _drawn == Options.NBest;
        if (!IsFinished)
        {
            BeginSamples();
        }
        else if (_ended.Count == 0)
        {
            throw GenerationException.NothingLeft(position);
        }
    }

    private void BeginSamples()
    {
        Rows = Math.Min(Options.NBest - _drawn, RowTokens.Length);
        _samples.Begin(Shape.StartToken, HardPrefix, Rules.Phrases);
        CopyCount = 0;
        for (int row = 0; row < Rows; row++)
        {
            _random[row] = new(Options.Seed, source: 0, _drawn++);
            RowTokens[row] = FirstToken;
            RowLanes[row] = row;
            RowPositions[row] = HardPrefix.Length;
            if (row > 0)
            {
                _samples.Copy(0, row, HardPrefix.Length);
                LaneCopies[CopyCount++] = new(0, row);
            }
        }
    }

    private void Draw(int row, int position, Span<float> scores)
    {
        Span<int> ids = _samples.DecoderIds(row);
        if (Shape.MaskedToken >= 0)
        {
            scores[Shape.MaskedToken] = float.NegativeInfinity;
        }

        Rules.Apply(scores, new(ids[..(position + 1)], HardPrefix.Length, MostIds - position, _samples.Phrases[row]));
        int token = _sampler.Choose(scores, ref _random[row], out float logProbability);
        if (token < 0)
        {
            throw Rules.IsEmpty ? GenerationException.UnusableLogits(position) : GenerationException.NothingLeft(position);
        }

        _samples.Sums[row] += logProbability;
        if (token == Shape.EndToken || position + 1 == MostIds)
        {
            End(row, position, token, logProbability);
            return;
        }

        ids[position + 1] = token;
        _samples.LogProbabilities(row)[position] = logProbability;
        if (Rules.Phrases is { } phrases)
        {
            _samples.Phrases[row] = phrases.Advance(_samples.Phrases[row], token);
        }

        RowTokens[row] = token;
        RowPositions[row] = position + 1;
    }

    private void End(int row, int position, int token, float logProbability)
    {
        float sum = _samples.Sums[row];
        float score = BeamScore.Normalize(sum, position + 1 - UncountedIds, Options.LengthPenalty);
        if (Rules.Phrases is not { } phrases || phrases.AreAllMet(phrases.Advance(_samples.Phrases[row], token)))
        {
            _ended.Add(
                _samples.DecoderIds(row).Slice(1, position), _samples.LogProbabilities(row)[..position], token, logProbability, sum, score, token == Shape.EndToken);
        }

        // The last row, which has drawn already, takes this one's place.
        Rows--;
        _samples.Copy(Rows, row, position + 1);
        _random[row] = _random[Rows];
        RowTokens[row] = RowTokens[Rows];
        RowLanes[row] = RowLanes[Rows];
        RowPositions[row] = RowPositions[Rows];
    }
}
