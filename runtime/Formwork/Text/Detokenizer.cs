using System.Buffers;
using System.Text;

namespace Formwork.Text;

/// <summary>Joins pieces to text (UTF-8), one by one; <see cref="JoinState"/> is what it keeps between them.</summary>
internal sealed class Detokenizer : IPieceJoiner
{
    private readonly PieceStore _pieces;
    private readonly PieceKind[] _kinds;
    private readonly byte[] _unknownSurface;
    private readonly bool _stripsFirstSpace;
    private readonly bool _stripsAllLeadingSpaces;

    public Detokenizer(ModelFile file, Vocabulary vocabulary)
    {
        _pieces = file.Pieces;
        _unknownSurface = Encoding.UTF8.GetBytes(file.UnknownSurface);
        _stripsAllLeadingSpaces = file.Normalizer.RemoveExtraWhitespaces;
        _stripsFirstSpace = file.Normalizer.AddDummyPrefix || _stripsAllLeadingSpaces;
        Denormalizer = file.Denormalizer?.Map is null ? null : new Normalizer(file.Denormalizer, verbatim: null, spaceAsSuffix: false);

        // The reference looks a piece up by its spelling to learn its kind, so a text piece spelled like a name is taken for the name.
        _kinds = new PieceKind[_pieces.Count];
        for (int id = 0; id < _kinds.Length; id++)
        {
            _kinds[id] = _pieces.Kinds[vocabulary.Find(_pieces[id])];
        }
    }

    /// <inheritdoc/>
    public Normalizer? Denormalizer { get; }

    /// <inheritdoc/>
    public void Append(int id, ref JoinState state, ref PooledList<byte> text)
    {
        if (BreaksCharacter(id, state))
        {
            EndBytes(ref state, ref text);
        }
        int before = text.Length;
        if (_kinds[id] == PieceKind.Byte)
        {
            AppendByte(ValueOf(id), ref state, ref text);
        }
        else
        {
            AppendPiece(id, ref state, ref text);
        }
        state.HasText |= text.Length > before;
    }

    /// <summary>Appends a token that is no piece of the model: its spelling, as a word's inside is, with a space for U+2581.</summary>
    /// <param name="spelling">UTF-8.</param>
    /// <param name="state">How far the sequence has come.</param>
    /// <param name="text">Receives whole characters.</param>
    public static void AppendVerbatim(ReadOnlySpan<byte> spelling, ref JoinState state, ref PooledList<byte> text)
    {
        EndBytes(ref state, ref text);
        state.IsPastStart |= state.StrippedSpace || state.HasText;
        state.StrippedSpace = false;
        AppendUnescaped(spelling, ref text);
        state.HasText |= !spelling.IsEmpty;
    }

    /// <summary>Whether byte pieces wait for the rest of their character and this piece is not it.</summary>
    public bool BreaksCharacter(int id, in JoinState state)
    {
        if (state.HeldCount == 0)
        {
            return false;
        }
        JoinState longer = state;
        if (_kinds[id] == PieceKind.Byte)
        {
            longer.Hold(ValueOf(id));
        }
        return longer.HeldCount == state.HeldCount || Rune.DecodeFromUtf8(longer.Held, out _, out _) == OperationStatus.InvalidData;
    }

    /// <summary>Appends U+FFFD for every byte piece that waits: none is part of a character.</summary>
    public static void EndBytes(ref JoinState state, ref PooledList<byte> text)
    {
        for (int held = state.HeldCount; held > 0; held--)
        {
            text.AddRange(Utf8.Replacement);
            state.HasText = true;
        }
        state.Release();
    }

    private byte ValueOf(int bytePiece) => (byte)BytePiece.ValueOf(_pieces[bytePiece]);

    private static void AppendByte(byte value, ref JoinState state, ref PooledList<byte> text)
    {
        state.Hold(value);
        OperationStatus status = Rune.DecodeFromUtf8(state.Held, out _, out _);
        if (status != OperationStatus.NeedMoreData)
        {
            text.AddRange(status == OperationStatus.Done ? state.Held : Utf8.Replacement);
            state.Release();
        }
    }

    private void AppendPiece(int id, ref JoinState state, ref PooledList<byte> text)
    {
        state.IsPastStart |= state.StrippedSpace || state.HasText;
        state.StrippedSpace = false;
        switch (_kinds[id])
        {
            case PieceKind.Control:
                break;
            case PieceKind.Unknown:
                text.AddRange(_unknownSurface);
                break;
            default:
                ReadOnlySpan<byte> piece = _pieces[id];
                if (!state.IsPastStart && _stripsFirstSpace && piece.StartsWith(Utf8.SpaceSymbol))
                {
                    piece = piece[Utf8.SpaceSymbol.Length..];
                    state.StrippedSpace = !_stripsAllLeadingSpaces;
                }
                AppendUnescaped(piece, ref text);
                break;
        }
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
}
