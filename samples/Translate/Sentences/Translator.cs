using Formwork.Text;
using Translate.Timing;

namespace Translate.Sentences;

/// <summary>Translates one part: pieces, end token, model, pieces, text.</summary>
internal sealed class Translator(SentencePieceModel tokenizer, ITranslationModel model, Stopwatches? stopwatches)
{
    private readonly int[] _source = new int[EnglishToFrench.SourceLength];
    private readonly int[] _target = new int[EnglishToFrench.TargetLength];

    public Translation Translate(TextPart part)
    {
        int length = 0;
        foreach (TokenSpan piece in part.Pieces)
        {
            _source[length++] = piece.Id;
        }

        // The tokeniser adds nothing by itself; this family wants the end token after the source.
        _source[length++] = EnglishToFrench.EndToken;
        ReadOnlySpan<int> source = _source.AsSpan(0, length);
        int written = stopwatches is null ? model.Generate(source, _target) : stopwatches.Generate(model, source, _target);

        bool reachedEnd = written > 0 && _target[written - 1] == EnglishToFrench.EndToken;
        string text = tokenizer.DecodeWithOffsets(_target.AsSpan(0, reachedEnd ? written - 1 : written), out TokenSpan[] pieces);
        return new Translation(text, pieces, reachedEnd);
    }
}
