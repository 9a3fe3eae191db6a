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
}
