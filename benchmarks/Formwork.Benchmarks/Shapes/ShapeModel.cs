namespace Formwork.Benchmarks.Shapes;

/// <summary>One shape in one weight type, of which a generated model exists.</summary>
internal abstract class ShapeModel(Shape shape, string weights, long weightBytes)
{
    /// <summary>The shape.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The weight type's name on the command line.</summary>
    public string Weights { get; } = weights;

    /// <summary>Bytes of the packed weights.</summary>
    public long WeightBytes { get; } = weightBytes;

    /// <summary>Binds a shape to the generated type that computes it; the type argument follows from its members.</summary>
    /// <remarks>The members are passed rather than an interface, so that declarations stay what users write.</remarks>
    public static ShapeModel Of<TModel>(
        Shape shape,
        string weights,
        long weightBytes,
        int stateBytes,
        Func<ReadOnlyMemory<byte>, int, TModel> load,
        Action<TModel, ReadOnlySpan<int>, StateMemory> encode,
        Func<TModel, ReadOnlySpan<int>, Span<int>, StateMemory, int> generate)
        where TModel : IDisposable =>
        new GeneratedShapeModel<TModel>(shape, weights, weightBytes, stateBytes, load, encode, generate);

    /// <summary>Loads the model with random weights, ready to be measured.</summary>
    /// <param name="threads">Threads that one sentence is computed on.</param>
    public ModelContender Load(int threads)
    {
        ModelContender contender = Create(threads);
        contender.Check();
        return contender;
    }

    /// <summary>Loads the model with random weights.</summary>
    protected abstract ModelContender Create(int threads);
}
