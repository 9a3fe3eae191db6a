namespace Translate.Sentences;

/// <summary>What a piece's spelling says about words.</summary>
internal static class Piece
{
    /// <summary>SentencePiece's sign for a space (U+2581), with which the first piece of a word begins.</summary>
    public const char SpaceSign = '\u2581';

    /// <summary>Whether a piece begins a new word.</summary>
    public static bool StartsWord(string piece) => piece.StartsWith(SpaceSign);
}
