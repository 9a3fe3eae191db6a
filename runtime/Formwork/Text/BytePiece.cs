using System.Globalization;

namespace Formwork.Text;

/// <summary>The spelling of byte pieces, <c>&lt;0xNN&gt;</c> with upper-case digits.</summary>
internal static class BytePiece
{
    /// <summary>The number of values, and so of byte pieces in a model that has any.</summary>
    public const int Count = 256;

    /// <summary>The value that <paramref name="piece"/> spells, or −1.</summary>
    public static int ValueOf(ReadOnlySpan<byte> piece) =>
        piece.Length == 6 && piece.StartsWith("<0x"u8) && piece[5] == '>'
        && !piece.ContainsAnyInRange((byte)'a', (byte)'f')
        && byte.TryParse(piece[3..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value)
            ? value
            : -1;
}
