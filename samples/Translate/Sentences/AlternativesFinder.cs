using Formwork.Generation;
using Formwork.Text;

namespace Translate.Sentences;

/// <summary>Finds the most probable ways in which a translation may begin, or go on after the prefix.</summary>
internal sealed class AlternativesFinder(SentencePieceModel tokenizer, CrossAttentionModel model, GenerationOptions options, int count)
{
    private readonly SourceTokens _source = new();

    /// <summary>The translations, and how probable the piece is that each goes on with; the most probable first.</summary>
    public (string Text, double Probability)[] Find(TextPart part) =>
    [
        .. model.Alternatives(_source.Of(part), count, options)
            .Select(each => (Translation.Of(each.Target.Tokens, tokenizer).Text, Math.Exp(each.LogProbability))),
    ];
}
