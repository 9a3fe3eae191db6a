using Formwork.Generation;
using Formwork.Text;

namespace Formwork.Pipeline;

/// <summary>What languages do to a tokeniser and to a search.</summary>
internal static class Languages
{
    /// <summary>The tokeniser for the languages that the options name; one that they leave out is the tokeniser's own.</summary>
    /// <exception cref="PipelineException">The tokeniser knows no languages, or one of the two is known nowhere.</exception>
    public static ITokenizer Apply(ITokenizer tokenizer, TranslatorOptions options)
    {
        if (options.SourceLanguage is null && options.TargetLanguage is null)
        {
            return tokenizer;
        }

        Tokenizer pretrained = Of(tokenizer);
        return pretrained.WithLanguages(
            options.SourceLanguage ?? pretrained.SourceLanguage ?? throw Missing(nameof(options.SourceLanguage)),
            options.TargetLanguage ?? pretrained.TargetLanguage ?? throw Missing(nameof(options.TargetLanguage)));
    }

    /// <summary>The tokeniser as one that may know languages.</summary>
    /// <exception cref="PipelineException">It knows none.</exception>
    public static Tokenizer Of(ITokenizer tokenizer) => tokenizer is Tokenizer { Languages.Count: > 0 } pretrained
        ? pretrained
        : throw new PipelineException(
            PipelineError.Languages,
            $"{(tokenizer is Tokenizer ? "The model's tokeniser has no codes of languages" : $"The tokeniser is a {tokenizer.GetType().Name}, and only a Tokenizer of Formwork.Text chooses languages")}: leave the languages out.");

    /// <summary>The options with the first id that the target's language demands. What a caller asked for may not contradict it; the model's defaults give way.</summary>
    /// <exception cref="PipelineException">The caller's options force another id, or the model was generated to start with another language.</exception>
    public static GenerationOptions Force(ITokenizer tokenizer, TranslatorOptions options, DecodingShape shape, GenerationOptions defaults)
    {
        GenerationOptions generation = options.Generation ?? defaults;
        if (tokenizer is not Tokenizer { TargetLanguage: { } target } pretrained)
        {
            return generation;
        }

        if (pretrained.ForcedStart is not { } forced)
        {
            CheckStart(pretrained, target, shape);
            return generation;
        }

        if (options.Generation?.ForcedStart is { } other && other != forced)
        {
            throw new PipelineException(
                PipelineError.ForcedStartDiffers,
                $"The options force a target to begin with id {other} (GenerationOptions.ForcedStart), and its language {target} demands {forced}: leave ForcedStart out.");
        }

        return generation with { ForcedStart = forced };
    }

    /// <summary>What is missing where a model's targets begin with their language and nobody said which it is: without it the model chooses one by itself.</summary>
    public static PipelineException? MissingTarget(ITokenizer tokenizer, GenerationOptions generation) =>
        tokenizer is Tokenizer { ForcesTarget: true, TargetLanguage: null } pretrained && generation is { ForcedStart: null, Prefix.Count: 0 }
            ? new(
                PipelineError.Languages,
                "The model's targets begin with their language, and neither its files nor the options say which it is: set TranslatorOptions.TargetLanguage or call WithLanguages, "
                + $"for example with {string.Join(", ", pretrained.Languages.Keys.Order(StringComparer.Ordinal).Take(3))}.")
            : null;

    // An mBART-25 is started with the target's language, which its declaration has as a constant.
    private static void CheckStart(Tokenizer tokenizer, string target, DecodingShape shape)
    {
        if (tokenizer.Languages.TryGetValue(target, out int id) && id != shape.StartToken && tokenizer.Languages.Values.Contains(shape.StartToken))
        {
            string started = tokenizer.Languages.First(language => language.Value == shape.StartToken).Key;
            throw new PipelineException(
                PipelineError.StartTokenDiffers,
                $"{shape.Model} was generated to start a target with id {shape.StartToken}, the language {started}, and the target's language is {target}: declare StartToken = {id} in its [Transformer] attribute, or translate into {started}.");
        }
    }

    private static PipelineException Missing(string option) =>
        new(PipelineError.Languages, $"The tokeniser's files name no such language, so TranslatorOptions.{option} has to be given beside the other.");
}
