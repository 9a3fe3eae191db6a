using System.Buffers;
using System.Collections.Frozen;

namespace Formwork.Text.Pretrained;

/// <summary>Finds added tokens in a text: the leftmost, and of those that begin there the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly SearchValues<char> _starts;
    private readonly int[] _lengths;
    private readonly FrozenDictionary<string, AddedToken> _tokens;
    private readonly FrozenDictionary<string, AddedToken>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <param name="tokens">The tokens that texts turn into; at least one.</param>
    public AddedTokenFinder(IReadOnlyCollection<AddedToken> tokens)
    {
        _starts = SearchValues.Create([.. tokens.Select(token => token.Content[0]).Distinct()]);
        _lengths = [.. tokens.Select(token => token.Content.Length).Distinct().OrderDescending()];
        _tokens = tokens.ToFrozenDictionary(token => token.Content, StringComparer.Ordinal);
        _lookup = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Finds the next token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins; the text's length if there is none.</param>
    public AddedToken? Next(ReadOnlySpan<char> text, out int start)
    {
        start = 0;
        while (text[start..].IndexOfAny(_starts) is >= 0 and int skipped)
        {
            start += skipped;
            foreach (int length in _lengths)
            {
                if (length <= text.Length - start && _lookup.TryGetValue(text.Slice(start, length), out AddedToken? token))
                {
                    return token;
                }
            }
            start++;
        }
        start = text.Length;
        return null;
    }
}
