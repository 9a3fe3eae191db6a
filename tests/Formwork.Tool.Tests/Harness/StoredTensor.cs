using System.Runtime.InteropServices;
using System.Text.Json;

namespace Formwork.Tool.Tests.Harness;

/// <summary>A tensor of a safetensors file, read in a few lines of the test's own: nothing that the tool does is used to check it.</summary>
internal sealed record StoredTensor(string Name, string Type, long[] Shape, byte[] Bytes)
{
    public string ShapeText => Shape.Length == 0 ? "scalar" : string.Join('x', Shape);

    public static List<StoredTensor> ReadAll(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int header = (int)BitConverter.ToInt64(file);
        using var json = JsonDocument.Parse(file.AsMemory(sizeof(long), header));
        return
        [
            .. json.RootElement.EnumerateObject().Where(static entry => entry.Name != "__metadata__").Select(entry =>
            {
                int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(static offset => offset.GetInt32())];
                return new StoredTensor(
                    entry.Name,
                    entry.Value.GetProperty("dtype").GetString()!,
                    [.. entry.Value.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt64())],
                    file[(sizeof(long) + header + offsets[0])..(sizeof(long) + header + offsets[1])]);
            }),
        ];
    }

    /// <summary>The values of an F16 or F32 tensor.</summary>
    public float[] Floats() => Type switch
    {
        "F16" => [.. MemoryMarshal.Cast<byte, Half>(Bytes).ToArray().Select(static half => (float)half)],
        "F32" => MemoryMarshal.Cast<byte, float>(Bytes).ToArray(),
        _ => throw new NotSupportedException(Type),
    };
}
