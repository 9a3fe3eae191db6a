using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>A generated model that scores targets, which a declaration may leave out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INativeScorer
{
    /// <summary>Log-probability of each target token.</summary>
    /// <param name="source">Source ids.</param>
    /// <param name="target">Target ids.</param>
    /// <param name="logProbabilities">Receives the natural logarithms.</param>
    /// <param name="state">The state's memory.</param>
    void Score(ReadOnlySpan<int> source, ReadOnlySpan<int> target, Span<float> logProbabilities, Span<byte> state);
}
