namespace Formwork.Generation;

/// <summary>Decoding cannot go on: the model produced no usable logits.</summary>
public sealed class GenerationException : Exception
{
    /// <summary>Creates the exception with a default message.</summary>
    public GenerationException()
        : base("Decoding failed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, at which position, and what to do.</param>
    public GenerationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, at which position, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public GenerationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says that logits are of no use.</summary>
    /// <param name="position">The position that was decoded.</param>
    internal static GenerationException UnusableLogits(int position) => new(
        $"No token can be chosen at position {position}: the logits hold a NaN, or all of them are −∞. " +
        "Check the weights (a model trained in 16 bits may overflow when its tensors are mixed up).");

    /// <summary>Says that the rules leave nothing to choose.</summary>
    /// <param name="position">The position that was decoded.</param>
    internal static GenerationException NothingLeft(int position) => new(
        $"The rules leave no hypothesis at position {position}: every id is suppressed, or contradicts what is forced or allowed, or the phrases do not fit. Loosen one of the options.");
}
