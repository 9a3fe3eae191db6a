using System.Globalization;
using BenchmarkDotNet.Attributes;
using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Benchmarks;

/// <summary>The affine map that nearly all time goes into: one row (a decoder step) and many (an encoder), in every weight type.</summary>
/// <typeparam name="TFormat">How the weights are packed.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(Float32))]
[GenericTypeArguments(typeof(BFloat16))]
[GenericTypeArguments(typeof(Float16))]
[GenericTypeArguments(typeof(Int8))]
[GenericTypeArguments(typeof(Int4))]
public class LinearBenchmarks<TFormat> : IDisposable
    where TFormat : unmanaged, IWeightFormat
{
    private WeightMemory _weights = new(0);
    private float[] _x = [];
    private float[] _bias = [];
    private float[] _y = [];

    /// <summary>Rows of activations.</summary>
    [Params(1, 8, 32, 128)]
    public int Rows { get; set; }

    /// <summary>Inputs and outputs.</summary>
    [Params("128x384", "512x512", "512x2048")]
    public string Shape { get; set; } = string.Empty;

    private int Inputs => int.Parse(Shape.Split('x')[0], CultureInfo.InvariantCulture);

    private int Outputs => int.Parse(Shape.Split('x')[1], CultureInfo.InvariantCulture);

    /// <summary>Fills the operands. The weights are zeros: the kernels take the same time for any.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _x = [.. Enumerable.Range(0, Rows * Inputs).Select(_ => random.NextSingle() - 0.5f)];
        _weights = new(PanelLayout.Bytes<TFormat>(Outputs, Inputs));
        _bias = new float[PanelLayout.PaddedOutputs(Outputs)];
        _y = new float[Rows * Outputs];
    }

    /// <summary>y = x·Wᵀ + b.</summary>
    [Benchmark]
    public void Apply() => Linear.Apply(null, _x, _weights.Matrix<TFormat>(0, Outputs, Inputs), _bias, _y, Rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights.Dispose();
        GC.SuppressFinalize(this);
    }
}
