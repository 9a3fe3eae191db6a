namespace Formwork.Text;

/// <summary>
/// How the files of byte-level vocabularies spell bytes: a visible character of Latin-1 stands for its own byte, and characters from U+0100 on
/// for the 68 others in order, so that a space is written <c>Ġ</c> and a line feed <c>Ċ</c>.
/// </summary>
/// <remarks>Source: <c>bytes_to_unicode</c> in GPT-2's <c>encoder.py</c>.</remarks>
internal static class ByteAlphabet
{
    private const int FirstStandIn = 0x100;

    private static readonly byte[] StandIns = [.. Enumerable.Range(0, BytePiece.Count).Where(value => !IsVisible(value)).Select(value => (byte)value)];
    private static readonly char[] Letters = [.. Enumerable.Range(0, BytePiece.Count).Select(LetterFor)];

    /// <summary>The character that stands for a byte.</summary>
    public static char LetterOf(byte value) => Letters[value];

    /// <summary>The byte that a character stands for.</summary>
    /// <returns>Whether it stands for one.</returns>
    public static bool TryGetByte(char letter, out byte value)
    {
        int standIn = letter - FirstStandIn;
        bool isStandIn = (uint)standIn < (uint)StandIns.Length;
        value = isStandIn ? StandIns[standIn] : (byte)letter;
        return isStandIn || IsVisible(letter);
    }

    private static char LetterFor(int value) =>
        (char)(IsVisible(value) ? value : FirstStandIn + Array.IndexOf(StandIns, (byte)value));

    private static bool IsVisible(int value) => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
