using Formwork.Generation.Constraints;
using Formwork.Text;

namespace Translate.Sentences;

/// <summary>
/// What translations begin with, as somebody types it. Whole words stand in the tokeniser's pieces. The last word may be a part of one, and the
/// pieces of a part ("▁h", "om") are not those of the whole ("▁homme"), so a model that is given them would not arrive at it. The last word is
/// therefore left to the model: in each step it writes either the next piece of what was typed, or one that begins with all that is left of it.
/// A space behind the last word makes it whole: then the next piece has to begin a new one.
/// </summary>
internal sealed class TypedPrefix
{
    private readonly int[] _typed;
    private readonly int[][] _allowed;

    /// <param name="text">The text, in which there is a word.</param>
    /// <param name="wordMayGoOn">Whether the last word, without a space behind it, may become a longer one.</param>
    /// <param name="tokenizer">The tokeniser.</param>
    public TypedPrefix(string text, bool wordMayGoOn, SentencePieceModel tokenizer)
    {
        _typed = TargetPieces.Of(text, "--prefix", tokenizer);
        string[] pieces = [.. _typed.Select(tokenizer.PieceOf)];
        bool endsWord = char.IsWhiteSpace(text[^1]);
        int whole = endsWord || !wordMayGoOn ? _typed.Length : Math.Max(0, Array.FindLastIndex(pieces, Piece.StartsWord));
        Tokens = _typed[..whole];

        string[] vocabulary = [.. Enumerable.Range(0, tokenizer.PieceCount).Select(id => tokenizer.KindOf(id) == PieceKind.Normal ? tokenizer.PieceOf(id) : "")];
        _allowed = endsWord
            ? [StartingWith(Piece.SpaceSign.ToString(), vocabulary)]
            : [.. Enumerable.Range(whole, _typed.Length - whole).Select(place => (int[])[_typed[place], .. StartingWith(string.Concat(pieces[place..]), vocabulary)])];
    }

    /// <summary>The pieces that stand as they are.</summary>
    public int[] Tokens { get; }

    /// <summary>The most pieces that translations may need for it.</summary>
    public int MostPieces => Tokens.Length + _allowed.Length;

    /// <summary>Whether there is a last word, or the space behind it, that <see cref="Allow"/> holds translations to.</summary>
    public bool IsOpen => _allowed.Length > 0;

    /// <summary>Allows the pieces that lead through the last word, and all of them after it.</summary>
    public void Allow(ReadOnlySpan<int> target, TokenSet allowed)
    {
        int step = target.Length - Tokens.Length;
        bool followsTyped = step < _allowed.Length && target[Tokens.Length..].SequenceEqual(_typed.AsSpan(Tokens.Length, step));
        if (followsTyped)
        {
            allowed.AddRange(_allowed[step]);
        }
        else
        {
            allowed.AddAll();
        }
    }

    private static int[] StartingWith(string letters, string[] vocabulary) =>
        [.. Enumerable.Range(0, vocabulary.Length).Where(id => vocabulary[id].StartsWith(letters, StringComparison.Ordinal))];
}
