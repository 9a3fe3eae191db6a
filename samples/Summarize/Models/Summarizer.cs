using Formwork;
using Formwork.Generation;
using Formwork.Pipeline;
using Formwork.Text;
using Formwork.Weights;
using Translate;

namespace Summarize.Models;

/// <summary>Loads the declaration that a directory's <c>config.json</c> asks for.</summary>
internal static class Summarizer
{
    private const string TaskOfT5 = "summarize: ";

    /// <summary>Loads a model and its tokeniser.</summary>
    /// <param name="settings">What the command line asks for.</param>
    /// <param name="note">Receives remarks to the user.</param>
    public static Translator Load(Settings settings, Action<string> note)
    {
        ModelConfig config = ModelConfig.Read(settings.Model);
        return config.Kind switch
        {
            "bart" => Load<BartSummarizer>(config, settings, settings.Prefix ?? "", note),
            "t5" => Load<T5Summarizer>(config, settings, settings.Prefix ?? TaskOfT5, note),
            _ => throw new UserErrorException(
                $"the model in '{settings.Model}' is of type '{config.Kind}', and this program has a BART and a T5: declare one of that type beside them, in samples/Summarize/Models"),
        };
    }

    private static Translator Load<TModel>(ModelConfig config, Settings settings, string prefix, Action<string> note)
        where TModel : IEncoderDecoder<TModel>
    {
        config.RequireEqual(ModelConfig.Compiled(config.Kind));
        TranslatorOptions options = new()
        {
            Generation = settings.Change(TModel.DefaultOptions),
            SplitSentences = false,
            Prefix = prefix,
            Threads = settings.Threads,
            OnSplit = split => note($"the text is longer than the model reads at once ({TModel.Shape.SourceLength} tokens); each of {split.Parts.Count} parts is summarised by itself."),
            OnTruncated = truncated => note($"the summary was cut off at {truncated.Length} tokens; --max-length sets the limit, {TModel.Shape.TargetLength} at most."),
        };
        try
        {
            return Translator.Load<TModel>(settings.Model, options);
        }
        catch (Exception problem) when (problem is PipelineException or WeightLoadException or VocabularyLoadException or ArgumentException)
        {
            throw new UserErrorException(problem.Message, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the model in '{settings.Model}' cannot be read: {problem.Message}", problem);
        }
    }
}
