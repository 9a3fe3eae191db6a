using Formwork.Text;
using Translate.Sentences;

namespace Translate.Attention;

/// <summary>Merges pieces to words. A word begins at a space, and where letters and punctuation meet.</summary>
internal sealed class WordGrouping(SentencePieceModel tokenizer)
{
    /// <summary>The words of the input, named by the text that their pieces came from.</summary>
    public List<Word> OfSource(TextPart part)
    {
        ArraySegment<TokenSpan> pieces = part.Pieces;
        return Group(pieces.Count, i => pieces[i].Id, (start, end) => part.Text[pieces[start].Start..pieces[end - 1].End]);
    }

    /// <summary>The words of the output, named by what their pieces decode to.</summary>
    public List<Word> OfTarget(int[] tokens) =>
        Group(tokens.Length, i => tokens[i], (start, end) => tokenizer.Decode(tokens.AsSpan(start, end - start)));

    private List<Word> Group(int count, Func<int, int> idAt, Func<int, int, string> textOf)
    {
        var words = new List<Word>();
        int start = 0;
        bool hasText = false;
        bool isPunctuation = false;
        for (int i = 0; i < count; i++)
        {
            string piece = tokenizer.PieceOf(idAt(i));
            bool changes = hasText && !Piece.IsSpace(piece) && Piece.IsPunctuation(piece) != isPunctuation;
            if (i > start && (changes || Piece.StartsWord(piece)))
            {
                words.Add(Create(start, i, textOf));
                start = i;
                hasText = false;
            }

            if (!hasText && !Piece.IsSpace(piece))
            {
                hasText = true;
                isPunctuation = Piece.IsPunctuation(piece);
            }
        }

        if (count > start)
        {
            words.Add(Create(start, count, textOf));
        }

        return words;
    }

    private static Word Create(int start, int end, Func<int, int, string> textOf) => new(Label.Clean(textOf(start, end)), start, end - start);
}
