using Formwork.Generation.Constraints;

namespace Formwork.Generation;

/// <summary>
/// The candidates of a beam search whose hypotheses have to hold phrases: beside the best ones there is one for each token that brings a beam
/// further with a phrase, and the beams are shared out over how far candidates have come ("Fast Lexically Constrained Decoding with Dynamic Beam
/// Allocation", Post and Vilar, 2018).
/// </summary>
/// <param name="phrases">The phrases.</param>
/// <param name="beams">Number of beams.</param>
internal sealed class PhraseCandidates(PhraseTrie phrases, int beams)
{
    private readonly Candidate[] _advancing = new Candidate[beams * phrases.MaxNextTokens];
    private readonly Candidate[] _sorted = new Candidate[(2 * beams) + (beams * phrases.MaxNextTokens)];
    private readonly Candidate[] _arranged = new Candidate[(2 * beams) + (beams * phrases.MaxNextTokens)];
    private readonly int[] _banks = new int[(2 * beams) + (beams * phrases.MaxNextTokens)];
    private readonly int[] _tokens = new int[phrases.MaxNextTokens];
    private readonly int[] _chosen = new int[beams];
    private int _count;

    /// <summary>Forgets the last step's candidates.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds a candidate for each token that brings a beam further.</summary>
    /// <param name="set">The beams.</param>
    /// <param name="row">The beam.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="normalizer">What to subtract from a score to have the log-probability.</param>
    public void AddAdvancing(BeamSet set, int row, ReadOnlySpan<float> scores, double normalizer)
    {
        PhraseProgress progress = set.Phrases[row];
        int found = phrases.NextTokens(progress, _tokens);
        foreach (int token in _tokens.AsSpan(0, found))
        {
            if (!float.IsNegativeInfinity(scores[token]))
            {
                float logProbability = (float)(scores[token] - normalizer);
                _advancing[_count++] = new(row, token, logProbability, set.Sums[row] + logProbability, phrases.Advance(progress, token));
            }
        }
    }

    /// <summary>Joins the candidates and puts those first that the banks choose.</summary>
    /// <param name="best">The best candidates, best first.</param>
    public ReadOnlySpan<Candidate> Arrange(ReadOnlySpan<Candidate> best)
    {
        int count = Merge(best);
        for (int index = 0; index < count; index++)
        {
            _banks[index] = phrases.TokensMet(_sorted[index].Phrases);
        }

        int chosen = PhraseBanks.Select(_banks.AsSpan(0, count), beams, _chosen);
        int next = 0;
        int arranged = 0;
        for (; arranged < chosen; arranged++)
        {
            _arranged[arranged] = _sorted[_chosen[arranged]];
        }

        for (int index = 0; index < count; index++)
        {
            if (next < chosen && _chosen[next] == index)
            {
                next++;
            }
            else
            {
                _arranged[arranged++] = _sorted[index];
            }
        }

        return _arranged.AsSpan(0, count);
    }

    private int Merge(ReadOnlySpan<Candidate> best)
    {
        best.CopyTo(_sorted);
        int count = best.Length;
        foreach (Candidate candidate in _advancing.AsSpan(0, _count))
        {
            if (Contains(best, candidate))
            {
                continue;
            }

            int place = count++;
            for (; place > 0 && _sorted[place - 1].Sum < candidate.Sum; place--)
            {
                _sorted[place] = _sorted[place - 1];
            }

            _sorted[place] = candidate;
        }

        return count;
    }

    private static bool Contains(ReadOnlySpan<Candidate> candidates, in Candidate wanted)
    {
        foreach (Candidate candidate in candidates)
        {
            if (candidate.Row == wanted.Row && candidate.Token == wanted.Token)
            {
                return true;
            }
        }

        return false;
    }
}
