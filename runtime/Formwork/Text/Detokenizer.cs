using System.Text;

namespace Formwork.Text;

/// <summary>Joins pieces to text.</summary>
internal sealed class Detokenizer
{
    private readonly PieceStore _pieces;
    private readonly PieceKind[] _kinds;
    private readonly byte[] _unknownSurface;
    private readonly bool _stripsFirstSpace;
    private readonly bool _stripsAllLeadingSpaces;
    private readonly Normalizer? _denormalizer;

    public Detokenizer(ModelFile file, Vocabulary vocabulary)
    {
        _pieces = file.Pieces;
        _unknownSurface = Encoding.UTF8.GetBytes(file.UnknownSurface);
        _stripsAllLeadingSpaces = file.Normalizer.RemoveExtraWhitespaces;
        _stripsFirstSpace = file.Normalizer.AddDummyPrefix || _stripsAllLeadingSpaces;
        _denormalizer = file.Denormalizer?.Map is null ? null : new Normalizer(file.Denormalizer, verbatim: null, spaceAsSuffix: false);

        // The reference looks a piece up by its spelling to learn its kind, so a text piece spelled like a name is taken for the name.
        _kinds = new PieceKind[_pieces.Count];
        for (int id = 0; id < _kinds.Length; id++)
        {
            _kinds[id] = _pieces.Kinds[vocabulary.Find(_pieces[id])];
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new PooledList<byte>(stackalloc byte[512]);
        var bytes = new PooledList<byte>(stackalloc byte[32]);
        bool atStart = true;
        bool strippedSpace = false;
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)_kinds.Length)
            {
                text.Dispose();
                bytes.Dispose();
                throw new ArgumentOutOfRangeException(nameof(ids), id, $"An id must lie between 0 and {_kinds.Length - 1}.");
            }
            PieceKind kind = _kinds[id];
            if (kind == PieceKind.Byte)
            {
                bytes.Add((byte)BytePiece.ValueOf(_pieces[id]));
                continue;
            }
            AppendBytes(ref bytes, ref text);
            atStart &= !strippedSpace && text.Length == 0;
            strippedSpace = false;
            switch (kind)
            {
                case PieceKind.Control:
                    break;
                case PieceKind.Unknown:
                    text.AddRange(_unknownSurface);
                    break;
                default:
                    ReadOnlySpan<byte> piece = _pieces[id];
                    if (atStart && _stripsFirstSpace && piece.StartsWith(Utf8.SpaceSymbol))
                    {
                        piece = piece[Utf8.SpaceSymbol.Length..];
                        strippedSpace = !_stripsAllLeadingSpaces;
                    }
                    AppendUnescaped(piece, ref text);
                    break;
            }
        }
        AppendBytes(ref bytes, ref text);
        string decoded = Denormalize(text.Items);
        text.Dispose();
        bytes.Dispose();
        return decoded;
    }

    private static void AppendUnescaped(ReadOnlySpan<byte> piece, ref PooledList<byte> text)
    {
        while (piece.IndexOf(Utf8.SpaceSymbol) is >= 0 and int space)
        {
            text.AddRange(piece[..space]);
            text.Add((byte)' ');
            piece = piece[(space + Utf8.SpaceSymbol.Length)..];
        }
        text.AddRange(piece);
    }

    /// <summary>Appends a run of byte pieces; each byte that is no part of a character becomes U+FFFD.</summary>
    private static void AppendBytes(ref PooledList<byte> bytes, ref PooledList<byte> text)
    {
        ReadOnlySpan<byte> left = bytes.Items;
        while (!left.IsEmpty)
        {
            text.AddRange(Utf8.StartsWellFormed(left, out int length) ? left[..length] : Utf8.Replacement);
            left = left[length..];
        }
        bytes.Truncate(0);
    }

    private string Denormalize(ReadOnlySpan<byte> text)
    {
        if (_denormalizer is null)
        {
            return Encoding.UTF8.GetString(text);
        }
        var normal = new NormalizedText(stackalloc byte[512], tracksOrigins: false);
        _denormalizer.Normalize(text, ref normal);
        string result = Encoding.UTF8.GetString(normal.Bytes);
        normal.Dispose();
        return result;
    }
}
