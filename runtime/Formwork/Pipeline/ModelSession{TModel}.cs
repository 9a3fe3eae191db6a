using Formwork.Generation;

namespace Formwork.Pipeline;

/// <summary>A model of one shape as one translator uses it.</summary>
/// <typeparam name="TModel">The generated class.</typeparam>
internal sealed class ModelSession<TModel> : ModelSession
    where TModel : IEncoderDecoder<TModel>
{
    private readonly TModel _model;
    private readonly DecodingMemory _memory;
    private readonly Search[] _searches;

    /// <param name="model">The model.</param>
    /// <param name="generation">How targets are searched for.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or the declaration.</exception>
    public ModelSession(TModel model, GenerationOptions generation)
        : base(TModel.Shape, generation)
    {
        _model = model;
        _memory = model.CreateMemory();
        _searches = new Search[TModel.MaxBatch];
        _searches[0] = model.CreateSearch(generation);
    }

    public override Search Search => _searches[0];

    public override GenerationOptions DefaultGeneration => TModel.DefaultOptions;

    public override void Generate(ReadOnlySpan<int> source, CancellationToken cancellation) => _model.Generate(source, Search, _memory, cancellation);

    public override void GenerateBatch(ReadOnlySpan<int> sources, ReadOnlySpan<int> sourceLengths, SearchFinished finished, CancellationToken cancellation)
    {
        for (int slot = 1; slot < _searches.Length; slot++)
        {
            _searches[slot] ??= _model.CreateSearch(Generation);
        }

        _model.GenerateBatch(sources, sourceLengths, _searches, finished, _memory, cancellation);
    }

    public override TokenSteps Begin(ReadOnlySpan<int> source, CancellationToken cancellation) => _model.Begin(source, Search, _memory, cancellation);

    public override bool MoveNext(ref TokenSteps steps) => _model.MoveNext(ref steps, _memory);

    public override ModelSession With(GenerationOptions generation) => new ModelSession<TModel>(_model, generation);

    public override void Dispose() => _memory.Dispose();
}
