using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Formwork.Benchmarks.Measuring;

namespace Formwork.Benchmarks.Shapes;

/// <summary>Makes safetensors files of random weights: speed does not depend on what the weights say.</summary>
internal static class RandomCheckpoint
{
    // Low enough that no logit can make up for it, so that decoding never ends before its last step.
    private const float Never = -1e9f;

    // Marian's id for the end of a target.
    private const int EndToken = 0;

    /// <summary>A Marian checkpoint of a shape, in bfloat16 and the same every time; its end token is never the most probable one.</summary>
    public static byte[] Marian(Shape shape)
    {
        RandomTensor[] tensors = [.. MarianTensors.Of(shape)];
        byte[] header = Header(tensors);
        long payload = tensors.Sum(static tensor => tensor.Length) * sizeof(ushort);
        byte[] file = new byte[sizeof(ulong) + header.Length + payload];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, sizeof(ulong));
        Span<ushort> values = MemoryMarshal.Cast<byte, ushort>(file.AsSpan(sizeof(ulong) + header.Length));
        RandomNumbers numbers = new(seed: 1);
        foreach (RandomTensor tensor in tensors)
        {
            Span<ushort> own = values[..(int)tensor.Length];
            values = values[own.Length..];
            foreach (ref ushort value in own)
            {
                value = BFloat16(numbers.Next(tensor.Mean, tensor.Deviation));
            }

            if (tensor.Name == MarianTensors.LogitsBias)
            {
                own[EndToken] = BFloat16(Never);
            }
        }

        return file;
    }

    private static byte[] Header(RandomTensor[] tensors)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (RandomTensor tensor in tensors)
            {
                long end = offset + (tensor.Length * sizeof(ushort));
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "BF16");
                Numbers(json, "shape", tensor.Rows > 0 ? [tensor.Rows, tensor.Columns] : [tensor.Columns]);
                Numbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // The payload starts on a multiple of eight, as the format recommends.
        while (stream.Length % sizeof(ulong) != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static ushort BFloat16(float value) => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
}
