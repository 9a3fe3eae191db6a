using System.ComponentModel;

namespace Formwork.Interop;

/// <summary>The C function that scores targets.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NativeScoring
{
    /// <summary>Log-probability of each target token.</summary>
    /// <typeparam name="TModel">The generated model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="state">The state's memory.</param>
    /// <param name="source">Source ids.</param>
    /// <param name="sourceLength">Their number.</param>
    /// <param name="target">Target ids.</param>
    /// <param name="targetLength">Their number.</param>
    /// <param name="logProbabilities">Receives one logarithm a target id.</param>
    public static int Score<TModel>(nint model, nint state, nint source, int sourceLength, nint target, int targetLength, nint logProbabilities)
        where TModel : NativeModel, INativeModel<TModel>, INativeScorer
    {
        try
        {
            Handles.Get<TModel>(model, "model").Score(
                NativeSource.Of(source, sourceLength, TModel.Shape),
                NativeArgument.Array<int>(target, targetLength, "target"),
                NativeArgument.Array<float>(logProbabilities, targetLength, "log_probabilities"),
                NativeArgument.Memory(state, TModel.Shape.StateBytes, "state"));
            return (int)NativeStatus.Ok;
        }
        catch (Exception exception)
        {
            return NativeErrors.Report(exception);
        }
    }
}
