using Formwork.Generation;

namespace Formwork.Benchmarks.Trained;

/// <summary>A choice of weight types and the members of the generated type that computes it.</summary>
/// <typeparam name="TModel">The generated type.</typeparam>
internal sealed class GeneratedVariant<TModel>(
    string weights,
    long weightBytes,
    int stateBytes,
    Func<string, int, TModel> load,
    Action<TModel, ReadOnlySpan<int>, StateMemory> encode,
    Action<TModel, int, StateMemory, Span<float>> step,
    Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> generate,
    Func<TModel, IReadOnlyList<int[]>, int[][]>? generateBatch,
    SearchMembers<TModel>? searches)
    : ModelVariant(weights, weightBytes)
    where TModel : IDisposable
{
    private readonly int _stateBytes = stateBytes;
    private readonly Action<TModel, ReadOnlySpan<int>, StateMemory> _encode = encode;
    private readonly Action<TModel, int, StateMemory, Span<float>> _step = step;
    private readonly Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> _generate = generate;
    private readonly Func<TModel, IReadOnlyList<int[]>, int[][]>? _generateBatch = generateBatch;
    private readonly SearchMembers<TModel>? _searches = searches;

    /// <inheritdoc/>
    public override LoadedModel Load(string path, int threads = 1) => new Loaded(this, load(path, threads));

    private sealed class Loaded(GeneratedVariant<TModel> members, TModel model) : LoadedModel(members)
    {
        private readonly StateMemory _state = new(members._stateBytes);

        private SearchMembers<TModel> Searches => members._searches ?? throw new InvalidOperationException($"{Variant.Weights} is declared without beams.");

        public override int Generate(ReadOnlySpan<int> source, Span<int> target) => members._generate(model, source, target, _state);

        public override int[][] GenerateBatch(IReadOnlyList<int[]> sources) => members._generateBatch is { } generate
            ? generate(model, sources)
            : throw new InvalidOperationException($"{Variant.Weights} is declared without a batch.");

        public override Search CreateSearch(GenerationOptions options) => Searches.Create(model, options);

        public override void Generate(ReadOnlySpan<int> source, Search search) => Searches.Run(model, source, search);

        public override ScoredTarget[][] GenerateBatch(IReadOnlyList<int[]> sources, GenerationOptions options) => Searches.RunBatch(model, sources, options);

        public override void Encode(ReadOnlySpan<int> source) => members._encode(model, source, _state);

        public override void Step(int token, Span<float> logits) => members._step(model, token, _state, logits);

        public override void Dispose()
        {
            _state.Dispose();
            model.Dispose();
        }
    }
}
