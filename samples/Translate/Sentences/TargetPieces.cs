using Formwork.Text;

namespace Translate.Sentences;

/// <summary>The pieces of French that the user typed. Both languages share a vocabulary.</summary>
internal static class TargetPieces
{
    /// <summary>The pieces of a text. The first one begins a word, as the tokeniser puts a space before every text.</summary>
    /// <param name="text">The text, which is not empty.</param>
    /// <param name="option">What it was given with.</param>
    /// <param name="tokenizer">The tokeniser.</param>
    public static int[] Of(string text, string option, SentencePieceModel tokenizer)
    {
        TokenSpan[] pieces = tokenizer.EncodeWithOffsets(text);
        foreach (TokenSpan piece in pieces)
        {
            if (piece.Id == tokenizer.UnknownId)
            {
                throw new UserErrorException($"{option} '{text}': the model has no piece for '{text[piece.Range]}' and cannot write it");
            }
        }

        if (pieces.Length == 0)
        {
            throw new UserErrorException($"{option} '{text}': nothing that the model could write is in it");
        }

        return [.. pieces.Select(piece => piece.Id)];
    }
}
