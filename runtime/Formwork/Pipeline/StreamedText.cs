namespace Formwork.Pipeline;

/// <summary>Takes the white space off both ends of a text that comes in pieces: what may be at its end is held back until something follows.</summary>
internal sealed class StreamedText
{
    private string _space = "";
    private bool _hasBegun;

    /// <summary>Takes the next piece, and gives the text that is certain to be inside.</summary>
    public string Take(ReadOnlySpan<char> piece)
    {
        ReadOnlySpan<char> inside = piece.TrimEnd();
        ReadOnlySpan<char> space = piece[inside.Length..];
        if (inside.IsEmpty)
        {
            _space = _hasBegun ? string.Concat(_space, space) : "";
            return "";
        }

        string text = _hasBegun ? string.Concat(_space, inside) : inside.TrimStart().ToString();
        (_space, _hasBegun) = (space.ToString(), true);
        return text;
    }
}
