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
        Tokenizer tokenizer = Text.Tokenizer.FromPretrained(directory);
        Belonging.Check(tokenizer, TModel.Shape, TModel.PadToken, $"The tokeniser of '{directory}'");
        TModel model = TModel.Load(weights, options.Threads, options.Storage);
        try
        {
            return Join(model, tokenizer, options, owned: model);
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
        if (tokenizer is Tokenizer pretrained)
        {
            Belonging.Check(pretrained, TModel.Shape, TModel.PadToken, "The tokeniser");
        }

        return Join(model, tokenizer, options ?? new(), owned: null);
    }

    private static Translator Join<TModel>(TModel model, ITokenizer tokenizer, TranslatorOptions options, IDisposable? owned)
        where TModel : IEncoderDecoder<TModel>
    {
        ArgumentNullException.ThrowIfNull(options.Prefix, nameof(options));
        tokenizer = Languages.Apply(tokenizer, options);
        GenerationOptions generation = Languages.Force(tokenizer, options, TModel.Shape, TModel.DefaultOptions);
        return new(new ModelSession<TModel>(model, generation), tokenizer, options, owned);
    }
}
