using BenchmarkDotNet.Attributes;

namespace Formwork.Benchmarks;

/// <summary>The model of the Translate sample, the shape it was trained in.</summary>
[Transformer(Family.Marian, ModelDim = 128, Heads = 4, EncoderLayers = 4, DecoderLayers = 4, FeedForwardDim = 256,
    VocabSize = 8000, SourceLength = 128, TargetLength = 128, Activation = ActivationFunction.Relu)]
public sealed partial class EnglishToFrench;

/// <summary>Encoding, one decoder step and a whole sentence of the trained model.</summary>
[MemoryDiagnoser]
public class TranslateBenchmarks : IDisposable
{
    private readonly EnglishToFrench _model = EnglishToFrench.Load(Path.Combine(AppContext.BaseDirectory, "model", "model.safetensors"));
    private readonly StateMemory _memory = new(EnglishToFrench.StateBytes);
    private readonly int[] _target = new int[EnglishToFrench.TargetLength];
    private readonly float[] _logits = new float[EnglishToFrench.TargetVocabSize];
    private int[] _source = [];

    /// <summary>Source tokens.</summary>
    [Params(16, 64)]
    public int SourceTokens { get; set; }

    /// <summary>Draws a source and readies the state.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _source = [.. Enumerable.Range(0, SourceTokens - 1).Select(_ => random.Next(2, 7999)), EnglishToFrench.EndToken];
        EncodeSource();
    }

    /// <summary>The encoder and the cross cache: once a source.</summary>
    [Benchmark]
    public void EncodeSource()
    {
        _model.Encode(_source, _memory);
        _model.PrecomputeCrossCache(_memory);
    }

    /// <summary>Sixteen decoder steps: once a target token each.</summary>
    [Benchmark(OperationsPerInvoke = 16)]
    public void DecodeStep()
    {
        EnglishToFrench.State state = _memory;
        state.Rewind();
        for (int position = 0; position < 16; position++)
        {
            _model.DecodeStep(EnglishToFrench.StartToken, state, _logits);
        }
    }

    /// <summary>A whole sentence, greedily.</summary>
    [Benchmark]
    public int Generate() => _model.Generate(_source, _target);

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }
}
