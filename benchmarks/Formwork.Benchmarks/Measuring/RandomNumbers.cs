namespace Formwork.Benchmarks.Measuring;

/// <summary>
/// Random numbers for weights: the same ones everywhere for the same seed, and quickly (xorshift64*), as the large shapes need a hundred
/// million of them.
/// </summary>
internal struct RandomNumbers(ulong seed)
{
    private ulong _state = seed * 0x9E3779B97F4A7C15 | 1;

    /// <summary>The next number of an even distribution with this mean and standard deviation.</summary>
    public float Next(float mean, float deviation)
    {
        // An even distribution from −1 to 1 has the standard deviation 1/√3.
        const float PerStep = 1f / (1 << 23);
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        int bits = (int)(_state * 0x2545F4914F6CDD1D >> 40);
        return mean + (((bits * PerStep) - 1) * MathF.Sqrt(3) * deviation);
    }
}
