using System.Buffers.Binary;
using System.Text;

namespace Formwork.Tests.Text;

/// <summary>Writes small model files field by field, right and wrong ones.</summary>
internal sealed class ModelFileBuilder
{
    private readonly List<byte> _bytes = [];

    public static ModelFileBuilder Valid() => new ModelFileBuilder().Piece("<unk>", 0, 2).Piece("a", -1);

    public static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(each => each)];

    public static byte[] Varint(int field, long value) => [.. Number((ulong)field << 3), .. Number((ulong)value)];

    public static byte[] Blob(int field, byte[] value) => [.. Number(((ulong)field << 3) | 2), .. Number((ulong)value.Length), .. value];

    public static byte[] Characters(int field, string value) => Blob(field, Encoding.UTF8.GetBytes(value));

    public static byte[] Float(int field, float value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return [.. Number(((ulong)field << 3) | 5), .. bytes];
    }

    public ModelFileBuilder Piece(string text, float score, int kind = 1) =>
        Raw(Blob(1, Message(Characters(1, text), Float(2, score), Varint(3, kind))));

    public ModelFileBuilder Trainer(params byte[][] fields) => Raw(Blob(2, Message(fields)));

    public ModelFileBuilder Normalizer(params byte[][] fields) => Raw(Blob(3, Message(fields)));

    public ModelFileBuilder Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] Build() => [.. _bytes];

    /// <summary>A rule set: the size of the trie, its units, and the replacements.</summary>
    public static byte[] CharacterMap(uint[] units, string replacements, int? size = null)
    {
        var bytes = new byte[4 + (units.Length * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, size ?? (units.Length * 4));
        for (int i = 0; i < units.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 + (i * 4)), units[i]);
        }
        return [.. bytes, .. Encoding.UTF8.GetBytes(replacements)];
    }

    private static byte[] Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
