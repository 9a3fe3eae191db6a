using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Benchmarks.Corpus;

/// <summary>The Translate sample's model with its tokeniser: text in, text out.</summary>
internal sealed class CorpusTranslator : IDisposable
{
    private readonly EnglishToFrench _model;
    private readonly SentencePieceModel _pieces;
    private readonly int[] _target = new int[EnglishToFrench.TargetLength];

    /// <summary>Loads the model that the build puts beside the program.</summary>
    /// <exception cref="UserErrorException">It cannot be loaded.</exception>
    public CorpusTranslator()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "model");
        try
        {
            _pieces = SentencePieceModel.Load(Path.Combine(folder, "sentencepiece.model"));
            _model = EnglishToFrench.Load(Path.Combine(folder, "model.safetensors"));
        }
        catch (Exception problem) when (problem is WeightLoadException or VocabularyLoadException or IOException)
        {
            throw new UserErrorException(problem.Message, problem);
        }
    }

    /// <summary>Tokens decoded so far, end tokens included.</summary>
    public long Tokens { get; private set; }

    /// <summary>Translates a sentence.</summary>
    /// <exception cref="UserErrorException">The sentence is too long for the model.</exception>
    public string Translate(string sentence)
    {
        // The tokeniser adds nothing by itself; this family wants the end token after the source.
        int[] source = [.. _pieces.Encode(sentence), EnglishToFrench.EndToken];
        if (source.Length > EnglishToFrench.SourceLength)
        {
            throw new UserErrorException($"a line of {source.Length - 1} pieces is too long: the model takes {EnglishToFrench.SourceLength - 1}");
        }

        if (source.Length == 1)
        {
            return string.Empty;
        }

        int length = _model.Generate(source, _target);
        Tokens += length;
        bool ended = _target[length - 1] == EnglishToFrench.EndToken;
        return _pieces.Decode(_target.AsSpan(0, ended ? length - 1 : length));
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
