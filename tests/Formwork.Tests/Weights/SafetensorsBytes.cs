using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Formwork.Tests.Weights;

/// <summary>Builds safetensors files in memory, valid ones through <see cref="Add(string, int[], float[])"/> and any other through <see cref="Raw(string, int)"/>.</summary>
internal sealed class SafetensorsBytes
{
    private readonly List<string> _entries = [];
    private readonly List<byte> _data = [];

    /// <summary>A file with this header text and as many data bytes, whatever the header says.</summary>
    public static byte[] Raw(string header, int dataBytes = 0) => Raw(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);

    public static byte[] Raw(byte[] header, byte[] data)
    {
        var file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return file;
    }

    /// <summary>A file with one entry, its fields as JSON text.</summary>
    public static byte[] One(string dtype, string shape, string offsets, int dataBytes) =>
        Raw($$$"""{"t":{"dtype":"{{{dtype}}}","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""", dataBytes);

    public SafetensorsBytes Add(string name, int[] shape, float[] values) => Add(name, "F32", shape, MemoryMarshal.AsBytes<float>(values));

    public SafetensorsBytes Add(string name, string dtype, int[] shape, ReadOnlySpan<byte> bytes)
    {
        int begin = _data.Count;
        _data.AddRange(bytes);
        string dimensions = string.Join(',', shape.Select(d => d.ToString(CultureInfo.InvariantCulture)));
        _entries.Add($$$"""{{{Quote(name)}}}:{"dtype":"{{{dtype}}}","shape":[{{{dimensions}}}],"data_offsets":[{{{begin}}},{{{_data.Count}}}]}""");
        return this;
    }

    /// <summary>The file; <paramref name="padding"/> spaces after the header move the data to any alignment.</summary>
    public byte[] Build(int padding = 0) =>
        Raw(Encoding.UTF8.GetBytes("{" + string.Join(',', _entries) + "}" + new string(' ', padding)), _data.ToArray());

    private static string Quote(string name) => "\"" + name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
