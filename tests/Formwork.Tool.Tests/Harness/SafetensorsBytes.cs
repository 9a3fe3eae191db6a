using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Formwork.Tool.Tests.Harness;

/// <summary>Writes safetensors files.</summary>
internal sealed class SafetensorsBytes
{
    private readonly StringBuilder _header = new();
    private readonly ArrayBufferWriter<byte> _data = new();

    public SafetensorsBytes Metadata(string json)
    {
        _header.Append(CultureInfo.InvariantCulture, $"{Comma()}\"__metadata__\":{json}");
        return this;
    }

    public SafetensorsBytes Add<T>(string name, string type, long[] shape, params T[] values)
        where T : unmanaged
    {
        int begin = _data.WrittenCount;
        _data.Write(MemoryMarshal.AsBytes<T>(values));
        _header.Append(CultureInfo.InvariantCulture,
            $"{Comma()}{JsonSerializer.Serialize(name)}:{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{begin},{_data.WrittenCount}]}}");
        return this;
    }

    public byte[] ToBytes()
    {
        byte[] header = Encoding.UTF8.GetBytes($"{{{_header}}}");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. _data.WrittenSpan];
    }

    /// <summary>A file of one tensor of zeros, whose bytes take no room on a disk that knows holes.</summary>
    public static void WriteSparse(string path, long bytes)
    {
        byte[] header = Encoding.UTF8.GetBytes($"{{\"zeros\":{{\"dtype\":\"F32\",\"shape\":[{bytes / sizeof(float)}],\"data_offsets\":[0,{bytes}]}}}}");
        using FileStream file = File.Create(path);
        file.Write(BitConverter.GetBytes((long)header.Length));
        file.Write(header);
        file.SetLength(file.Position + bytes);
    }

    private string Comma() => _header.Length == 0 ? "" : ",";
}
