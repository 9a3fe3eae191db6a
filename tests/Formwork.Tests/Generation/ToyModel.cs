namespace Formwork.Tests.Generation;

/// <summary>A model whose logits and attention are a hash of the source and of what the decoder has been fed: small, exact and without memory.</summary>
/// <param name="Vocabulary">Number of target ids.</param>
/// <param name="Masked">An id that searches have to mask, or −1: its logit is the highest of all.</param>
/// <param name="Seed">Which of many models.</param>
internal sealed record ToyModel(int Vocabulary, int Masked, int Seed)
{
    /// <summary>The widest distance between two logits.</summary>
    private const double Spread = 6;

    /// <summary>The logits that follow <paramref name="fed"/>, the start token included.</summary>
    public void Logits(ReadOnlySpan<int> source, ReadOnlySpan<int> fed, Span<float> logits)
    {
        ulong hash = Hash(source, fed);
        for (int token = 0; token < Vocabulary; token++)
        {
            logits[token] = token == Masked ? (float)Spread : (float)((Uniform(hash, token) - 0.5) * Spread);
        }
    }

    /// <summary>The cross-attention weights of the last of <paramref name="fed"/>: they sum to 1.</summary>
    public void Attention(ReadOnlySpan<int> source, ReadOnlySpan<int> fed, Span<float> weights)
    {
        ulong hash = ~Hash(source, fed);
        double sum = 0;
        for (int column = 0; column < source.Length; column++)
        {
            sum += Raw(hash, column);
        }

        for (int column = 0; column < source.Length; column++)
        {
            weights[column] = (float)(Raw(hash, column) / sum);
        }
    }

    private static double Raw(ulong hash, int column) => 0.02 + Math.Pow(Uniform(hash, column), 4);

    private ulong Hash(ReadOnlySpan<int> source, ReadOnlySpan<int> fed)
    {
        ulong hash = Mix((ulong)Seed);
        foreach (int id in source)
        {
            hash = Mix(hash ^ (ulong)id);
        }

        // Source and target apart: [1, 2] + [3] is not [1] + [2, 3].
        hash = Mix(hash + 0x9E3779B97F4A7C15);
        foreach (int id in fed)
        {
            hash = Mix(hash ^ (ulong)id);
        }

        return hash;
    }

    private static double Uniform(ulong hash, int index) => (Mix(hash + ((ulong)index * 0xD1342543DE82EF95)) >> 40) / (double)(1 << 24);

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
