namespace Formwork.Text;

/// <summary>A language that a tokeniser's vocabulary does not have, or has under another id.</summary>
public sealed class UnknownLanguageException : ArgumentException
{
    internal UnknownLanguageException(string language, string problem, string parameter)
        : base(problem, parameter)
    {
        Language = language;
    }

    /// <summary>The language as it was given.</summary>
    public string Language { get; }
}
