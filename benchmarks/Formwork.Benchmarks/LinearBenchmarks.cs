using BenchmarkDotNet.Attributes;
using Formwork.Kernels;

namespace Formwork.Benchmarks;

/// <summary>The affine map that nearly all time goes into: one row (a decoder step) and many (an encoder).</summary>
[MemoryDiagnoser]
public class LinearBenchmarks
{
    private float[] _x = [];
    private float[] _weight = [];
    private float[] _bias = [];
    private float[] _y = [];

    /// <summary>Rows of activations.</summary>
    [Params(1, 8, 32, 128)]
    public int Rows { get; set; }

    /// <summary>Inputs and outputs.</summary>
    [Params("128x384", "512x512", "512x2048")]
    public string Shape { get; set; } = string.Empty;

    private int Inputs => int.Parse(Shape.Split('x')[0], System.Globalization.CultureInfo.InvariantCulture);

    private int Outputs => int.Parse(Shape.Split('x')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _x = Values(random, Rows * Inputs);
        _weight = Values(random, (int)PanelLayout.Length(Outputs, Inputs));
        _bias = Values(random, PanelLayout.PaddedOutputs(Outputs));
        _y = new float[Rows * Outputs];
    }

    /// <summary>y = x·Wᵀ + b.</summary>
    [Benchmark]
    public void Apply() => Linear.Apply(_x, _weight, _bias, _y, Rows, Inputs, Outputs);

    private static float[] Values(Random random, int count)
    {
        // Pinned and 64-byte aligned, as loaded weights are.
        float[] values = GC.AllocateArray<float>(count, pinned: true);
        for (int index = 0; index < count; index++)
        {
            values[index] = (float)random.NextDouble() - 0.5f;
        }

        return values;
    }
}
