using Formwork.Benchmarks.Trained;
using Formwork.Kernels;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>
/// Runs the same sources through a model in 32-bit floats and in other weight types. Logits are compared along the floats' own output, so
/// that one different choice does not make everything after it incomparable; what each would have chosen is compared too.
/// </summary>
internal sealed class Comparison : IDisposable
{
    private readonly TrainedModel _model;
    private readonly LoadedModel _exact;
    private readonly int[] _target;
    private readonly float[] _expected;
    private readonly float[] _found;

    /// <summary>Loads the weight types that are compared; 32-bit floats may be one of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">Its weights.</param>
    /// <param name="variants">What is compared.</param>
    /// <exception cref="Weights.WeightLoadException">The weights are missing, damaged, or another model's.</exception>
    public Comparison(TrainedModel model, string path, IEnumerable<ModelVariant> variants)
    {
        _model = model;
        _exact = model.Exact.Load(path);
        Variants = [.. variants.Select(variant => new ComparedVariant(variant.Load(path)))];
        _target = new int[model.TargetLength];
        _expected = new float[model.TargetLength * model.VocabSize];
        _found = new float[model.VocabSize];
    }

    /// <summary>What is compared.</summary>
    public IReadOnlyList<ComparedVariant> Variants { get; }

    /// <summary>Compares a source.</summary>
    public void Add(ReadOnlySpan<int> source)
    {
        int[] chosen = Generate(_exact, source);
        int[] fed = [_model.StartToken, .. chosen.AsSpan(0, Math.Max(0, chosen.Length - 1))];
        _exact.Encode(source);
        for (int position = 0; position < chosen.Length; position++)
        {
            _exact.Step(fed[position], Expected(position));
        }

        foreach (ComparedVariant variant in Variants)
        {
            // Greedy decoding asks for nothing but each step's best token: who chooses the same all along puts out the same.
            bool same = Compare(variant, source, fed, chosen);
            variant.Add(same ? chosen : Generate(variant.Model, source), chosen);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _exact.Dispose();
        foreach (ComparedVariant variant in Variants)
        {
            variant.Dispose();
        }
    }

    private bool Compare(ComparedVariant variant, ReadOnlySpan<int> source, int[] fed, int[] chosen)
    {
        bool same = true;
        Span<float> found = _found.AsSpan(0, _model.Producible);
        variant.Model.Encode(source);
        for (int position = 0; position < chosen.Length; position++)
        {
            variant.Model.Step(fed[position], _found);
            variant.Errors.Add(Expected(position)[.._model.Producible], found);
            same &= ArgMax.Of(found) == chosen[position];
        }

        return same;
    }

    private Span<float> Expected(int position) => _expected.AsSpan(position * _model.VocabSize, _model.VocabSize);

    private int[] Generate(LoadedModel model, ReadOnlySpan<int> source) => _target[..model.Generate(source, _target)];
}
