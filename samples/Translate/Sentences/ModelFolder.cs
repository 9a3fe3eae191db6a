using Formwork.Text;
using Formwork.Weights;

namespace Translate.Sentences;

/// <summary>Opens the files of a model folder and turns everything that may be wrong with them into one line for the user.</summary>
internal sealed class ModelFolder
{
    private const string WeightsFile = "model.safetensors";
    private const string TokenizerFile = "sentencepiece.model";
    private readonly string _path;

    public ModelFolder(string path)
    {
        _path = path;
        if (!Directory.Exists(path))
        {
            throw new UserErrorException($"the model folder '{path}' does not exist; name another with --model");
        }
    }

    /// <summary>The folder that is used where none is named: the one that the build puts beside the program.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "model");

    public SentencePieceModel LoadTokenizer()
    {
        string file = Path.Combine(_path, TokenizerFile);
        try
        {
            SentencePieceModel tokenizer = SentencePieceModel.Load(file);
            CheckBelongs(tokenizer, file);
            return tokenizer;
        }
        catch (VocabularyLoadException problem)
        {
            throw new UserErrorException(problem.Message, problem);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"there is no file '{file}'", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"the file '{file}' cannot be read: {problem.Message}", problem);
        }
    }

    public T LoadModel<T>(Func<string, T> load)
        where T : ITranslationModel
    {
        try
        {
            return load(Path.Combine(_path, WeightsFile));
        }
        catch (WeightLoadException problem)
        {
            throw new UserErrorException(problem.Message, problem);
        }
    }

    // A vocabulary of another size would give ids that the model has no rows for, or mean other words by them. The padding token is
    // the model's last id, and the vocabulary may or may not spell it.
    private static void CheckBelongs(SentencePieceModel tokenizer, string file)
    {
        const int WithoutPadding = EnglishToFrench.SourceVocabSize - 1;
        if (tokenizer.PieceCount is not (WithoutPadding or EnglishToFrench.SourceVocabSize))
        {
            throw new UserErrorException(
                $"'{file}' has {tokenizer.PieceCount} pieces and the model {EnglishToFrench.SourceVocabSize}: they do not belong together");
        }
    }
}
