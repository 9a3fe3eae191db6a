namespace Formwork.Generation.Sampling;

/// <summary>SplitMix64 ("Fast Splittable Pseudorandom Number Generators", Steele et al., 2014): turns any seed, even 0, into well mixed state.</summary>
/// <param name="seed">The seed.</param>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
