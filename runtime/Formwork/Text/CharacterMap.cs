using System.Buffers.Binary;

namespace Formwork.Text;

/// <summary>
/// A model's precompiled normalisation rules: a Darts double-array trie whose keys are the strings to replace and whose values are
/// offsets of the replacements, which are NUL-terminated. In the file: u32 bytes of trie, the trie, the replacements.
/// </summary>
/// <remarks>
/// A unit of the trie is 32 bits. Bit 31 marks a value, held in the other bits. Otherwise bits 0–7 are the label, bit 8 says that a
/// value hangs below, and bits 10–31, shifted left by 8 more if bit 9 is set, are XORed with the unit's own index to give the base of
/// its children; a child lies at base XOR label, the value at the base itself. Every base is checked at loading, so that no lookup can
/// leave the array; a lookup takes as many steps as the text has bytes at most, so that none can loop.
/// </remarks>
internal sealed class CharacterMap
{
    private const uint ValueFlag = 1u << 31;
    private const uint HasValueFlag = 1u << 8;

    private readonly uint[] _units;
    private readonly byte[] _replacements;

    private CharacterMap(uint[] units, byte[] replacements)
    {
        _units = units;
        _replacements = replacements;
    }

    /// <param name="blob">The field's bytes; not empty.</param>
    /// <param name="offset">Where they start in the file, for messages.</param>
    public static CharacterMap Read(ReadOnlySpan<byte> blob, long offset)
    {
        if (blob.Length < sizeof(uint))
        {
            throw Damaged(offset, "the 4-byte size of the trie", $"{blob.Length} bytes");
        }
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(blob);
        blob = blob[sizeof(uint)..];
        if (size == 0 || size % sizeof(uint) != 0 || size >= (uint)blob.Length)
        {
            throw Damaged(offset, $"a trie of whole units within {blob.Length} bytes", $"{size} bytes");
        }
        var units = new uint[size / sizeof(uint)];
        for (int i = 0; i < units.Length; i++)
        {
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(blob[(i * sizeof(uint))..]);
        }
        byte[] replacements = blob[(int)size..].ToArray();
        if (replacements[^1] != 0)
        {
            throw Damaged(offset + sizeof(uint) + blob.Length - 1, "a NUL after the last replacement", $"byte 0x{replacements[^1]:X2}");
        }
        Check(units, replacements.Length, offset + sizeof(uint));
        return new CharacterMap(units, replacements);
    }

    /// <summary>
    /// The length of the longest key that <paramref name="text"/> starts with, 0 if there is none, and what replaces it (maybe nothing).
    /// </summary>
    public int Longest(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> replacement)
    {
        int longest = 0;
        uint value = 0;
        uint[] units = _units;
        uint position = Offset(units[0]);
        for (int i = 0; i < text.Length; i++)
        {
            position ^= text[i];
            uint unit = units[position];
            if ((unit & (ValueFlag | 0xFF)) != text[i])
            {
                break;
            }
            position ^= Offset(unit);
            if ((unit & HasValueFlag) != 0)
            {
                longest = i + 1;
                value = units[position] & ~ValueFlag;
            }
        }
        replacement = default;
        if (longest > 0)
        {
            replacement = _replacements.AsSpan((int)value);
            replacement = replacement[..replacement.IndexOf((byte)0)];
        }
        return longest;
    }

    /// <summary>Whether <paramref name="text"/> is the beginning of a longer key.</summary>
    public bool StartsKey(ReadOnlySpan<byte> text)
    {
        uint position = Offset(_units[0]);
        foreach (byte label in text)
        {
            position ^= label;
            uint unit = _units[position];
            if ((unit & (ValueFlag | 0xFF)) != label)
            {
                return false;
            }
            position ^= Offset(unit);
        }
        for (uint next = 0; next <= byte.MaxValue; next++)
        {
            if ((_units[position ^ next] & (ValueFlag | 0xFF)) == next)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether no rule can apply at <paramref name="ascii"/> as long as only ASCII, or nothing, follows it.</summary>
    public bool LeavesAlone(byte ascii)
    {
        uint position = Offset(_units[0]) ^ ascii;
        uint unit = _units[position];
        if ((unit & (ValueFlag | 0xFF)) != ascii)
        {
            return true;
        }
        if ((unit & HasValueFlag) != 0)
        {
            return false;
        }
        position ^= Offset(unit);
        for (uint next = 0; next < 0x80; next++)
        {
            if ((_units[position ^ next] & (ValueFlag | 0xFF)) == next)
            {
                return false;
            }
        }
        return true;
    }

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);

    private static void Check(uint[] units, int replacementBytes, long offset)
    {
        for (int i = 0; i < units.Length; i++)
        {
            uint unit = units[i];
            if ((unit & ValueFlag) != 0)
            {
                if (i == 0)
                {
                    throw Damaged(offset, "a root", "a value");
                }
                continue;
            }
            // A unit nobody points to has offset 0; every other one spans a whole block of 256, whose last index must exist.
            uint children = (uint)i ^ Offset(unit);
            if ((children | 0xFF) >= (uint)units.Length)
            {
                throw Damaged(offset + (i * sizeof(uint)), $"children within {units.Length} units", $"children at {children}");
            }
            if ((unit & HasValueFlag) != 0)
            {
                uint value = units[children];
                if ((value & ValueFlag) == 0 || (value & ~ValueFlag) >= (uint)replacementBytes)
                {
                    throw Damaged(
                        offset + (children * sizeof(uint)), $"the offset of a replacement within {replacementBytes} bytes", $"0x{value:X8}");
                }
            }
        }
    }

    private static VocabularyLoadException Damaged(long offset, string expected, string found) => new(
        VocabularyLoadError.CharacterMap, offset, expected, found,
        "The normalisation rules (precompiled_charsmap) are damaged; fetch the file again.");
}
