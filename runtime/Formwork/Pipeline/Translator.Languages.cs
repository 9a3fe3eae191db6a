using Formwork.Text;

namespace Formwork.Pipeline;

public sealed partial class Translator
{
    /// <summary>The code of the sources' language, or null where the tokeniser knows none.</summary>
    public string? SourceLanguage => (Tokenizer as Tokenizer)?.SourceLanguage;

    /// <summary>The code of the targets' language, or null where the tokeniser knows none.</summary>
    public string? TargetLanguage => (Tokenizer as Tokenizer)?.TargetLanguage;

    /// <summary>A translator of the same model between other languages, with memory of its own, so that both may run at the same time. The model stays this translator's: dispose the other first.</summary>
    /// <param name="source">The code of the sources' language, such as <c>eng_Latn</c>.</param>
    /// <param name="target">The code of the targets' language, such as <c>fra_Latn</c>.</param>
    /// <exception cref="PipelineException">The tokeniser knows no languages, or the options force another first id than the target's language does.</exception>
    /// <exception cref="UnknownLanguageException">The tokeniser does not know one of the languages.</exception>
    public Translator WithLanguages(string source, string target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        return With(Languages.Of(Tokenizer).WithLanguages(source, target));
    }

    /// <summary>The same by the generated enumeration of the model's languages.</summary>
    /// <typeparam name="TLanguage">The model's <c>Language</c>.</typeparam>
    /// <param name="source">The sources' language.</param>
    /// <param name="target">The targets' language.</param>
    /// <exception cref="PipelineException">The tokeniser knows no languages, or the options force another first id than the target's language does.</exception>
    /// <exception cref="UnknownLanguageException">The tokeniser does not know one of the languages.</exception>
    public Translator WithLanguages<TLanguage>(TLanguage source, TLanguage target)
        where TLanguage : struct, Enum => With(Languages.Of(Tokenizer).WithLanguages(source, target));

    private Translator With(Tokenizer tokenizer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        TranslatorOptions options = _options with { SourceLanguage = tokenizer.SourceLanguage, TargetLanguage = tokenizer.TargetLanguage };
        return new(_session.With(Languages.Force(tokenizer, options, _session.Shape, _session.DefaultGeneration)), tokenizer, options, owned: null);
    }
}
