using Formwork.Text;
using Translate.Timing;

namespace Translate.Sentences;

/// <summary>Translates greedily: pieces, end token, model, pieces, text.</summary>
internal sealed class GreedyTranslator(SentencePieceModel tokenizer, ITranslationModel model, Stopwatches? stopwatches) : ITranslator
{
    private readonly SourceTokens _source = new();
    private readonly int[] _target = new int[EnglishToFrench.TargetLength];

    public IReadOnlyList<Translation> Translate(TextPart part, bool isFirst)
    {
        ReadOnlySpan<int> source = _source.Of(part);
        int written = stopwatches is null ? model.Generate(source, _target) : stopwatches.Generate(model, source, _target);
        return [Translation.Of(_target.AsSpan(0, written), tokenizer)];
    }
}
