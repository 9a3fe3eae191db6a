namespace Formwork.Alignment;

/// <summary>
/// How much of its attention each target word gives each source word: [target words, source words], each row summing to 1. Links between
/// words are read from it.
/// </summary>
/// <remarks>
/// The weights of a source word's tokens are summed, for the word is what is looked at; the rows of a target word's tokens are averaged,
/// for each of them looked once. What went to tokens of no word, the end token above all, is left out and the rest scaled to sum to 1: those tokens
/// are where attention rests when it looks at nothing in particular.
/// </remarks>
public sealed class WordAttention
{
    private readonly float[] _weights;

    private WordAttention(int sourceCount, int targetCount)
    {
        SourceCount = sourceCount;
        TargetCount = targetCount;
        _weights = new float[sourceCount * targetCount];
    }

    /// <summary>Number of source words.</summary>
    public int SourceCount { get; }

    /// <summary>Number of target words.</summary>
    public int TargetCount { get; }

    /// <summary>The attention of one target word: [<see cref="SourceCount"/>], 1 in all; 0 throughout where it all went to tokens of no word.</summary>
    /// <param name="target">The target word.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public ReadOnlySpan<float> this[int target]
    {
        get
        {
            if ((uint)target >= (uint)TargetCount)
            {
                throw new ArgumentOutOfRangeException(nameof(target), target, $"There are {TargetCount} target words, counted from 0.");
            }

            return Row(target);
        }
    }

    /// <summary>Goes from tokens to words.</summary>
    /// <param name="weights">Cross-attention weights [target tokens, source tokens], such as a state's <c>AverageCrossAttention</c> gives row by row.</param>
    /// <param name="sourceTokens">Number of source tokens, an end token included: the state's <c>EncodedLength</c>.</param>
    /// <param name="source">The source's words.</param>
    /// <param name="target">The target's words.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of source tokens is not positive.</exception>
    /// <exception cref="ArgumentException">The weights are no whole rows, or a word has tokens that they do not.</exception>
    public static WordAttention FromTokens(ReadOnlySpan<float> weights, int sourceTokens, ReadOnlySpan<Word> source, ReadOnlySpan<Word> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sourceTokens);
        if (weights.Length % sourceTokens != 0)
        {
            throw new ArgumentException($"Rows of {sourceTokens} source tokens do not add up to {weights.Length} weights.", nameof(weights));
        }

        Check(source, sourceTokens, nameof(source));
        Check(target, weights.Length / sourceTokens, nameof(target));
        var words = new WordAttention(source.Length, target.Length);
        for (int row = 0; row < target.Length; row++)
        {
            Span<float> sums = words.Row(row);
            for (int token = target[row].FirstToken; token < target[row].EndToken; token++)
            {
                AddTokens(weights.Slice(token * sourceTokens, sourceTokens), source, sums);
            }

            Normalize(sums);
        }

        return words;
    }

    /// <summary>
    /// Links each target word to the source word that has most of its attention, the usual reading of attention as an alignment ("Jointly
    /// Learning to Align and Translate with Transformer Models", Garg et al., 2019). A target word has one link, a source word any number.
    /// </summary>
    /// <returns>The links in order of the target words.</returns>
    public WordLink[] ArgMax()
    {
        var links = new List<WordLink>(TargetCount);
        for (int target = 0; target < TargetCount; target++)
        {
            if (Strongest(target) is >= 0 and int source)
            {
                links.Add(Link(source, target));
            }
        }

        return [.. links];
    }

    /// <summary>
    /// Links only words that choose each other: the target word gives the source word most of its attention, and no other target word gives
    /// it more ("SimAlign", Jalili Sabet et al., 2020, Argmax). Fewer links than <see cref="ArgMax"/>, and more of them right.
    /// </summary>
    /// <returns>The links in order of the target words.</returns>
    public WordLink[] Mutual() => [.. ArgMax().Where(IsStrongestOfSource)];

    /// <summary>
    /// Links all words whose attention reaches a threshold, so that a word may have several links or none ("Word Alignment by Fine-tuning
    /// Embeddings on Parallel Corpora", Dou and Neubig, 2021).
    /// </summary>
    /// <param name="threshold">The least weight of a link: above 0, at most 1.</param>
    /// <returns>The links in order of the target words.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is outside its range.</exception>
    public WordLink[] AtLeast(float threshold)
    {
        if (!(threshold > 0 && threshold <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold lies above 0 and is at most 1.");
        }

        var links = new List<WordLink>();
        for (int target = 0; target < TargetCount; target++)
        {
            for (int source = 0; source < SourceCount; source++)
            {
                if (Row(target)[source] >= threshold)
                {
                    links.Add(Link(source, target));
                }
            }
        }

        return [.. links];
    }

    private static void Check(ReadOnlySpan<Word> words, int tokens, string name)
    {
        foreach (Word word in words)
        {
            if (word.FirstToken < 0 || word.TokenCount < 1 || word.FirstToken > tokens - word.TokenCount)
            {
                throw new ArgumentException($"A word has tokens {word.FirstToken} to {word.EndToken - 1}, but there are {tokens}.", name);
            }
        }
    }

    private static void AddTokens(ReadOnlySpan<float> weights, ReadOnlySpan<Word> source, Span<float> sums)
    {
        for (int column = 0; column < source.Length; column++)
        {
            foreach (float weight in weights.Slice(source[column].FirstToken, source[column].TokenCount))
            {
                sums[column] += weight;
            }
        }
    }

    /// <summary>Scales to a sum of 1, which divides by the number of the word's tokens too.</summary>
    private static void Normalize(Span<float> row)
    {
        float sum = 0;
        foreach (float weight in row)
        {
            sum += weight;
        }

        foreach (ref float weight in row)
        {
            weight = sum > 0 ? weight / sum : 0;
        }
    }

    private Span<float> Row(int target) => _weights.AsSpan(target * SourceCount, SourceCount);

    private WordLink Link(int source, int target) => new(source, target, Row(target)[source]);

    /// <summary>The source word with the largest weight, the first of equals, or −1 where all are 0.</summary>
    private int Strongest(int target)
    {
        int strongest = -1;
        float most = 0;
        for (int source = 0; source < SourceCount; source++)
        {
            if (Row(target)[source] > most)
            {
                (strongest, most) = (source, Row(target)[source]);
            }
        }

        return strongest;
    }

    private bool IsStrongestOfSource(WordLink link)
    {
        for (int target = 0; target < TargetCount; target++)
        {
            float other = Row(target)[link.Source];
            if (other > link.Weight || (other == link.Weight && target < link.Target))
            {
                return false;
            }
        }

        return true;
    }
}
