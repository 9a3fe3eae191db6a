using Formwork.Benchmarks.Trained;

namespace Formwork.Benchmarks.Accuracy;

/// <summary>A variant that is being compared with 32-bit floats, and what was found so far.</summary>
internal sealed class ComparedVariant(LoadedModel model) : IDisposable
{
    private readonly List<int[]> _outputs = [];

    /// <summary>What is compared.</summary>
    public ModelVariant Variant => Model.Variant;

    /// <summary>Its logits against those of 32-bit floats, both fed what 32-bit floats choose.</summary>
    public LogitErrors Errors { get; } = new();

    /// <summary>The ids that it chooses itself, source after source.</summary>
    public IReadOnlyList<int[]> Outputs => _outputs;

    /// <summary>The outputs that are those of 32-bit floats.</summary>
    public int Same { get; private set; }

    /// <summary>The model.</summary>
    internal LoadedModel Model { get; } = model;

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    /// <summary>Adds what it chose for a source.</summary>
    internal void Add(int[] output, int[] expected)
    {
        _outputs.Add(output);
        Same += output.AsSpan().SequenceEqual(expected) ? 1 : 0;
    }
}
