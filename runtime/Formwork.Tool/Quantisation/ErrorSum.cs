namespace Formwork.Tool.Quantisation;

/// <summary>Sums of squares of weights and of their differences.</summary>
internal struct ErrorSum
{
    private const double DecibelsOfTen = 10;

    /// <summary>The sum of the squared weights.</summary>
    public double Signal { get; private set; }

    /// <summary>The sum of the squared differences.</summary>
    public double Noise { get; private set; }

    /// <summary>The largest difference.</summary>
    public double Largest { get; private set; }

    /// <summary>The relative error. Weights that are all zero become zeros.</summary>
    public readonly double Relative => Signal > 0 ? Math.Sqrt(Noise / Signal) : 0;

    /// <summary>The signal-to-noise ratio; null where nothing differs.</summary>
    public readonly double? Decibels => Noise > 0 && Signal > 0 ? DecibelsOfTen * Math.Log10(Signal / Noise) : null;

    /// <summary>Adds a row. Weights that the type cannot hold are left out: they are counted, and the loader refuses them.</summary>
    public void Add(ReadOnlySpan<float> weights, ReadOnlySpan<float> unpacked)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (float.IsFinite(unpacked[i]))
            {
                double difference = (double)weights[i] - unpacked[i];
                Signal += (double)weights[i] * weights[i];
                Noise += difference * difference;
                Largest = Math.Max(Largest, Math.Abs(difference));
            }
        }
    }

    /// <summary>Adds another sum.</summary>
    public void Add(double signal, double noise, double largest)
    {
        Signal += signal;
        Noise += noise;
        Largest = Math.Max(Largest, largest);
    }
}
