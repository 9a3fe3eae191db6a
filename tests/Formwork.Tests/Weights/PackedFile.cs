using System.Buffers.Binary;
using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

/// <summary>A model of all weight types, its safetensors file, and what saving it wrote.</summary>
internal static class PackedFile
{
    /// <summary>Where the data begin.</summary>
    public const int Data = 4096;

    private const string Name = "Samples.Mixed";
    private const int Rows = 37, Columns = 41;

    /// <summary>Bytes of the header: fixed fields, the name, the checksum.</summary>
    public const int Header = 68 + 13 + 4;

    private static readonly long[] Offsets = Places();

    public static WeightLayout Layout { get; } = new(Name, new UInt128(0x0123456789ABCDEF, 0xFEDCBA9876543210), Offsets[^1]);

    public static byte[] Safetensors { get; } = Build();

    /// <summary>The packed file's bytes.</summary>
    public static byte[] Packed { get; } = Save();

    public static WeightManifest Manifest() => new(Name, Layout.Bytes,
    [
        WeightSlot.Matrix<Float32>(["w"], Rows, Columns, Offsets[0]),
        WeightSlot.Matrix<BFloat16>(["w"], Rows, Columns, Offsets[1]),
        WeightSlot.Matrix<Float16>(["w"], Rows, Columns, Offsets[2]),
        WeightSlot.Matrix<Int8>(["w"], Rows, Columns, Offsets[3]),
        WeightSlot.Matrix<Int4>(["w"], Rows, Columns, Offsets[4]),
        WeightSlot.Vector(["b"], 5, Offsets[5]),
        WeightSlot.SinusoidalPositions([], SinusoidKind.HuggingFace, 0, 4, 8, Offsets[6]),
    ], []);

    /// <summary>Fails the test: packed weights need no list of tensors.</summary>
    public static WeightManifest NoManifest() => throw new InvalidOperationException("The manifest was asked for.");

    /// <summary>All bytes of a memory.</summary>
    public static unsafe byte[] BytesOf(WeightMemory memory) => new ReadOnlySpan<byte>(memory.At(0, memory.Length), (int)memory.Length).ToArray();

    /// <summary>Makes a changed header's checksum right again.</summary>
    public static byte[] Seal(byte[] file)
    {
        int checksumAt = (int)Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(16)), 4, file.Length) - 4;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(checksumAt), Crc32C.Append(Crc32C.Empty, file.AsSpan(0, checksumAt)));
        return file;
    }

    private static long[] Places()
    {
        long[] lengths =
        [
            PanelLayout.Bytes<Float32>(Rows, Columns), PanelLayout.Bytes<BFloat16>(Rows, Columns), PanelLayout.Bytes<Float16>(Rows, Columns),
            PanelLayout.Bytes<Int8>(Rows, Columns), PanelLayout.Bytes<Int4>(Rows, Columns), 64, 128,
        ];
        var offsets = new long[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            offsets[i + 1] = offsets[i] + lengths[i];
        }

        return offsets;
    }

    private static byte[] Build()
    {
        var random = new Random(8);
        float[] values = [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.NextSingle() - 0.5f)];
        return new SafetensorsBytes().Add("w", [Rows, Columns], values).Add("b", [5], [1, 2, 3, 4, 5]).Build();
    }

    private static byte[] Save()
    {
        using var file = new TemporaryFile([]);
        using WeightMemory memory = WeightFile.Load(Safetensors, Layout, Manifest);
        PackedWeights.Save(file.Path, Layout, memory);
        return File.ReadAllBytes(file.Path);
    }
}
