using Formwork.Text;

namespace Formwork.Benchmarks.Trained;

/// <summary>Sentences as the Translate sample's model reads and writes them.</summary>
/// <param name="folder">The folder of the model's files.</param>
internal sealed class EnglishToFrenchText(string folder)
{
    private static readonly TrainedModel Model = EnglishToFrenchModels.Model;

    private readonly SentencePieceModel _pieces = SentencePieceModel.Load(Path.Combine(folder, "sentencepiece.model"));

    /// <summary>The ids of an English sentence.</summary>
    /// <exception cref="UserErrorException">The sentence is too long for the model.</exception>
    public int[] Source(string sentence)
    {
        // The tokeniser adds nothing by itself; this family wants the end token after the source.
        int[] source = [.. _pieces.Encode(sentence), Model.EndToken];
        return source.Length <= Model.SourceLength
            ? source
            : throw new UserErrorException($"a line of {source.Length - 1} pieces is too long: the model takes {Model.SourceLength - 1}");
    }

    /// <summary>The French sentence that ids stand for, their end token left out.</summary>
    public string Target(ReadOnlySpan<int> ids) => _pieces.Decode(ids is [.., var last] && last == Model.EndToken ? ids[..^1] : ids);
}
