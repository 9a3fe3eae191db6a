using Formwork.Generation;
using Formwork.Text;

namespace Formwork.Pipeline;

public sealed partial class Translator
{
    /// <summary>Loads a model and its tokeniser from a directory, and checks that they belong together.</summary>
    /// <remarks>The weights are <c>model.fw</c> where there is one, else <c>model.safetensors</c>, else the shards of <c>model.safetensors.index.json</c>. Disposing the translator disposes the model.</remarks>
    /// <typeparam name="TModel">The generated class, whose declaration has <see cref="DecodingFeatures.Search"/>.</typeparam>
    /// <param name="directory">The directory.</param>
    /// <param name="options">What to do beside running the model; null for nothing.</param>
    /// <exception cref="PipelineException">The directory or its weights are missing, or model, tokeniser and options do not belong together.</exception>
    /// <exception cref="VocabularyLoadException">The tokeniser's files cannot be used.</exception>
    /// <exception cref="Weights.WeightLoadException">The weights cannot be used.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or the declaration.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Translator Load<TModel>(string directory, TranslatorOptions? options = null)
        where TModel : IEncoderDecoder<TModel>
    {
        ArgumentNullException.ThrowIfNull(directory);
        options ??= new();
        string weights = ModelFolder.Weights(directory);

        // Whether they belong together is told before gigabytes are read.
        Tokenizer pretrained = Text.Tokenizer.FromPretrained(directory);
        (ITokenizer tokenizer, GenerationOptions generation) = Settle<TModel>(pretrained, $"The tokeniser of '{directory}'", options);
        TModel model = TModel.Load(weights, options.Threads, options.Storage);
        try
        {
            return new(new ModelSession<TModel>(model, generation), tokenizer, options, owned: model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Joins a loaded model and a tokeniser, which may be any library's. The model stays the caller's: it outlives the translator, and may have several.</summary>
    /// <typeparam name="TModel">The generated class, whose declaration has <see cref="DecodingFeatures.Search"/>.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokeniser; a <see cref="Text.Tokenizer"/> is checked against the model.</param>
    /// <param name="options">What to do beside running the model; null for nothing.</param>
    /// <exception cref="PipelineException">Model, tokeniser and options do not belong together.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or the declaration.</exception>
    public static Translator Create<TModel>(TModel model, ITokenizer tokenizer, TranslatorOptions? options = null)
        where TModel : IEncoderDecoder<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokenizer);
        options ??= new();
        (ITokenizer settled, GenerationOptions generation) = Settle<TModel>(tokenizer, "The tokeniser", options);
        return new(new ModelSession<TModel>(model, generation), settled, options, owned: null);
    }

    /// <summary>Checks that tokeniser, model and options belong together; gives the tokeniser for the languages asked for, and the search that they ask for.</summary>
    private static (ITokenizer Tokenizer, GenerationOptions Generation) Settle<TModel>(ITokenizer tokenizer, string place, TranslatorOptions options)
        where TModel : IEncoderDecoder<TModel>
    {
        ArgumentNullException.ThrowIfNull(options.Prefix, nameof(options));
        if (tokenizer is Tokenizer pretrained)
        {
            Belonging.Check(pretrained, TModel.Shape, TModel.PadToken, place);
        }

        tokenizer = Languages.Apply(tokenizer, options);
        return (tokenizer, Languages.Force(tokenizer, options, TModel.Shape, TModel.DefaultOptions));
    }
}
