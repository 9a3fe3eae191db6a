using Formwork.Pipeline;
using Formwork.Text;

namespace Translate.Sentences;

/// <summary>
/// Cuts a text into parts that fit the model. A text that fits is one part. A longer one is cut into its sentences; a sentence that is
/// still too long is cut where its pieces reach the limit, between words where there is a word to cut before.
/// </summary>
internal sealed class PartSplitter(SentencePieceModel tokenizer)
{
    /// <summary>The most pieces of one part: the source also holds the end token.</summary>
    public const int MaxPieces = EnglishToFrench.SourceLength - 1;

    /// <summary>Cuts a text into parts; a text without any pieces, such as spaces alone, has none.</summary>
    public IEnumerable<TextPart> Split(string text)
    {
        TokenSpan[] pieces = tokenizer.EncodeWithOffsets(text);
        if (pieces.Length <= MaxPieces)
        {
            return pieces.Length == 0 ? [] : [new TextPart(text, pieces)];
        }

        IEnumerable<TextSegment> sentences = SentenceSplitter.Split(text).Where(static segment => segment.IsSentence);
        return sentences.Select(sentence => text.Substring(sentence.Start, sentence.Length)).DefaultIfEmpty(text).SelectMany(SplitSentence);
    }

    private IEnumerable<TextPart> SplitSentence(string sentence)
    {
        TokenSpan[] pieces = tokenizer.EncodeWithOffsets(sentence);
        for (int start = 0; start < pieces.Length;)
        {
            int end = PartEnd(pieces, start);
            yield return new TextPart(sentence, new ArraySegment<TokenSpan>(pieces, start, end - start));
            start = end;
        }
    }

    private int PartEnd(TokenSpan[] pieces, int start)
    {
        int limit = start + MaxPieces;
        if (limit >= pieces.Length)
        {
            return pieces.Length;
        }

        for (int end = limit; end > start; end--)
        {
            if (Piece.StartsWord(tokenizer.PieceOf(pieces[end].Id)))
            {
                return end;
            }
        }

        return limit;
    }
}
