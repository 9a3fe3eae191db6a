using Formwork.Benchmarks.Measuring;

namespace Formwork.Benchmarks.Shapes;

/// <summary>One of our models being measured.</summary>
internal abstract class ModelContender(ShapeModel model) : IContender
{
    private readonly int[] _target = new int[model.Shape.TargetTokens];

    /// <summary>What is measured.</summary>
    public ShapeModel Model { get; } = model;

    /// <inheritdoc/>
    public Passes Passes { get; } = new();

    /// <summary>The source, the same for every pass.</summary>
    protected int[] Source { get; } = model.Shape.Source();

    /// <inheritdoc/>
    public void Run(TimeSpan slice) => Passes.Run(slice, Encode, () => Generate(_target));

    /// <summary>Bytes that one sentence allocates on the managed heap.</summary>
    public long AllocatedBytes()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Generate(_target);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Decodes once and makes sure that it was as many steps as everybody else takes.</summary>
    /// <exception cref="InvalidOperationException">The number of steps was another one.</exception>
    public void Check()
    {
        int steps = Generate(_target);
        if (steps != Model.Shape.TargetTokens)
        {
            throw new InvalidOperationException($"Shape {Model.Shape.Name} decoded {steps} tokens instead of {Model.Shape.TargetTokens}.");
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Runs the encoder.</summary>
    protected abstract void Encode();

    /// <summary>Encodes and decodes a sentence; returns the number of tokens.</summary>
    protected abstract int Generate(Span<int> target);
}
