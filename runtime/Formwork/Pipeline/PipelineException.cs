namespace Formwork.Pipeline;

/// <summary>A model, its tokeniser and the options do not belong together. The message names both sides and says what to do.</summary>
public sealed class PipelineException : Exception
{
    internal PipelineException(PipelineError error, string message)
        : base(message) => Error = error;

    /// <summary>The kind of problem.</summary>
    public PipelineError Error { get; }
}
