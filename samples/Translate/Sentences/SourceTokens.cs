using Formwork.Text;

namespace Translate.Sentences;

/// <summary>Makes the source of a part, in memory that the next part's source takes over.</summary>
internal sealed class SourceTokens
{
    private readonly int[] _tokens = new int[EnglishToFrench.SourceLength];

    public ReadOnlySpan<int> Of(TextPart part)
    {
        int length = 0;
        foreach (TokenSpan piece in part.Pieces)
        {
            _tokens[length++] = piece.Id;
        }

        // The tokeniser adds nothing by itself; this family wants the end token after the source.
        _tokens[length++] = EnglishToFrench.EndToken;
        return _tokens.AsSpan(0, length);
    }
}
