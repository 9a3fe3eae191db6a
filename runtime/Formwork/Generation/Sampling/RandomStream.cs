using System.Numerics;

namespace Formwork.Generation.Sampling;

/// <summary>
/// Random numbers for one sample of one source: xoshiro256** ("Scrambled Linear Pseudorandom Number Generators", Blackman and Vigna, 2021).
/// Every sample has a stream of its own, so what is drawn does not depend on which sources are searched together, or in what order.
/// </summary>
/// <remarks>The algorithm is fixed here because that of <see cref="Random"/> may change. It is not for secrets.</remarks>
internal struct RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Creates the stream of one sample.</summary>
    /// <param name="seed">The seed of the options.</param>
    /// <param name="source">The source's index.</param>
    /// <param name="sample">The sample's index.</param>
    public RandomStream(ulong seed, int source, int sample)
    {
        // Each number is mixed in before the next one, so that (source 1, sample 0) is not (source 0, sample 1).
        ulong mixed = new SplitMix64(seed).Next();
        mixed = new SplitMix64(mixed ^ (uint)source).Next();
        SplitMix64 states = new(mixed ^ (uint)sample);
        _s0 = states.Next();
        _s1 = states.Next();
        _s2 = states.Next();
        _s3 = states.Next();
    }

    /// <summary>Creates a stream with a known state, to compare with the published sequence.</summary>
    internal RandomStream(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>The next random number from 0, below 1: one of the 2⁵³ multiples of 2⁻⁵³.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
