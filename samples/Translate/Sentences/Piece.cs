namespace Translate.Sentences;

/// <summary>What a piece's spelling says about words.</summary>
internal static class Piece
{
    /// <summary>SentencePiece's sign for a space (U+2581), with which the first piece of a word begins.</summary>
    public const char SpaceSign = '\u2581';

    /// <summary>Whether a piece begins a new word.</summary>
    public static bool StartsWord(string piece) => piece.StartsWith(SpaceSign);

    /// <summary>
    /// Whether a piece is punctuation that stands for itself, a full stop or a quotation mark. Apostrophes and hyphens belong to their
    /// words.
    /// </summary>
    public static bool IsPunctuation(string piece)
    {
        ReadOnlySpan<char> bare = piece.AsSpan().TrimStart(SpaceSign);
        foreach (char character in bare)
        {
            if (!char.IsPunctuation(character) || character is '\'' or '’' or '-' or '\u2010')
            {
                return false;
            }
        }

        return bare.Length > 0;
    }

    /// <summary>Whether a piece is a space and nothing else.</summary>
    public static bool IsSpace(string piece) => piece.AsSpan().Trim(SpaceSign).IsEmpty;
}
