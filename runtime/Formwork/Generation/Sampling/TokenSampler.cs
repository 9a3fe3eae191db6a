using Formwork.Kernels;

namespace Formwork.Generation.Sampling;

/// <summary>Draws a token from one row of scores. One object serves one thread.</summary>
/// <remarks>
/// Hugging Face's order is temperature, top-k, top-p, min-p; CTranslate2's is top-k, temperature, top-p. They are the same: a temperature keeps the
/// ranking, and the part that a token's probability is of the largest one does not depend on what else is left. Probabilities are sums of
/// <c>exp</c> in double precision, added one after another in a fixed order, so that the same scores and random numbers give the same token
/// whatever the processor's vectors are like.
/// </remarks>
internal sealed class TokenSampler
{
    private readonly int _topK;
    private readonly double _topP;
    private readonly double _minP;
    private readonly double _temperature;
    private readonly ulong[] _ranked;
    private readonly double[] _weights;

    /// <summary>Creates the sampler and all the memory that it needs.</summary>
    /// <param name="options">The options, checked before.</param>
    /// <param name="shape">What is known of the model.</param>
    public TokenSampler(GenerationOptions options, DecodingShape shape)
    {
        _topK = options.TopK == 0 ? int.MaxValue : options.TopK;
        _topP = options.TopP;
        _minP = options.MinP;
        _temperature = options.Temperature;
        _ranked = new ulong[shape.Vocabulary];
        _weights = new double[shape.Vocabulary];
    }

    /// <summary>Draws a token. Nothing is allocated.</summary>
    /// <param name="scores">Logits or log-probabilities after the rules: [vocabulary].</param>
    /// <param name="random">The random numbers, of which one is taken.</param>
    /// <param name="logProbability">The token's log-probability before temperature and truncation; NaN where none can be drawn.</param>
    /// <returns>The token, or −1 where none can be drawn: a score is NaN or +∞, or all are −∞.</returns>
    public int Choose(ReadOnlySpan<float> scores, ref RandomStream random, out float logProbability)
    {
        logProbability = float.NaN;
        float max = float.NegativeInfinity;
        foreach (float score in scores)
        {
            max = MathF.Max(max, score);
        }

        if (!float.IsFinite(max))
        {
            return -1;
        }

        int count = Gather(scores);
        bool isSorted = _topK < count;
        if (isSorted)
        {
            RankedToken.SortBest(_ranked.AsSpan(0, count), _topK);
            count = _topK;
        }

        double sum = Weigh(scores, max, count);
        if (_topP < 1)
        {
            count = isSorted ? count : SortHead(scores, max, count, sum);
            count = Nucleus(count, _topP * sum);
        }

        count = _minP > 0 ? AtLeast(_minP, count) : count;
        int token = RankedToken.Token(_ranked[Draw(random.NextDouble(), count)]);
        logProbability = LogSoftmax.At(scores, token);
        return token;
    }

    /// <summary>Collects what may come at all, by ascending id.</summary>
    private int Gather(ReadOnlySpan<float> scores)
    {
        int count = 0;
        for (int token = 0; token < scores.Length; token++)
        {
            if (scores[token] != float.NegativeInfinity)
            {
                _ranked[count++] = RankedToken.Of(token, scores[token]);
            }
        }

        return count;
    }

    /// <summary>Computes the candidates' probabilities relative to the most probable token, and their sum.</summary>
    private double Weigh(ReadOnlySpan<float> scores, float max, int count)
    {
        double sum = 0;
        for (int place = 0; place < count; place++)
        {
            double weight = Math.Exp(((double)scores[RankedToken.Token(_ranked[place])] - max) / _temperature);
            _weights[place] = weight;
            sum += weight;
        }

        return sum;
    }

    /// <summary>
    /// Drops candidates that top-p cannot reach and sorts the others. Those dropped are each so improbable that all of them together have less
    /// than half of what top-p leaves out, which is far more than sums can be off by.
    /// </summary>
    private int SortHead(ReadOnlySpan<float> scores, float max, int count, double sum)
    {
        count = AtLeast((1 - _topP) * sum / (2.0 * count), count);
        _ranked.AsSpan(0, count).Sort();
        _ = Weigh(scores, max, count);
        return count;
    }

    /// <summary>The number of candidates, best first, whose weights reach a sum; at least one.</summary>
    private int Nucleus(int count, double sum)
    {
        double reached = _weights[0];
        int kept = 1;
        for (; kept < count && reached < sum; kept++)
        {
            reached += _weights[kept];
        }

        return kept;
    }

    /// <summary>Drops candidates that weigh less, and keeps the order of the others.</summary>
    private int AtLeast(double weight, int count)
    {
        int kept = 0;
        for (int place = 0; place < count; place++)
        {
            if (_weights[place] >= weight)
            {
                _ranked[kept] = _ranked[place];
                _weights[kept++] = _weights[place];
            }
        }

        return kept;
    }

    /// <summary>The candidate at which the running sum of the weights passes the random part of the whole sum.</summary>
    private int Draw(double random, int count)
    {
        double sum = 0;
        for (int place = 0; place < count; place++)
        {
            sum += _weights[place];
        }

        double target = random * sum;
        double reached = 0;
        for (int place = 0; place < count; place++)
        {
            reached += _weights[place];
            if (reached > target)
            {
                return place;
            }
        }

        // Below 1, the random number can only round up to the whole sum: then the last one that weighs anything is meant.
        return _weights.AsSpan(0, count).LastIndexOfAnyExcept(0);
    }
}
