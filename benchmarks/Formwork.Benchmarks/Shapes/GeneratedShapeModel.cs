namespace Formwork.Benchmarks.Shapes;

/// <summary>A shape and the members of the generated type that computes it.</summary>
/// <typeparam name="TModel">The generated type.</typeparam>
internal sealed class GeneratedShapeModel<TModel>(
    Shape shape,
    string weights,
    long weightBytes,
    int stateBytes,
    Func<ReadOnlyMemory<byte>, int, TModel> load,
    Action<TModel, ReadOnlySpan<int>, StateMemory> encode,
    Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> generate)
    : ShapeModel(shape, weights, weightBytes)
    where TModel : IDisposable
{
    private readonly int _stateBytes = stateBytes;
    private readonly Action<TModel, ReadOnlySpan<int>, StateMemory> _encode = encode;
    private readonly Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> _generate = generate;

    /// <inheritdoc/>
    protected override ModelContender Create(int threads) => new Contender(this, load(RandomCheckpoint.Marian(Shape), threads));

    private sealed class Contender(GeneratedShapeModel<TModel> members, TModel model) : ModelContender(members)
    {
        private readonly StateMemory _state = new(members._stateBytes);

        public override void Dispose()
        {
            _state.Dispose();
            model.Dispose();
        }

        protected override void Encode() => members._encode(model, Source, _state);

        protected override int Generate(Span<int> target) => members._generate(model, Source, target, _state);
    }
}
