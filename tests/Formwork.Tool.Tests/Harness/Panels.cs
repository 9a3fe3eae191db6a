using System.Runtime.InteropServices;
using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tool.Tests.Harness;

/// <summary>
/// Packs a matrix with the loader that models use, and reads the panels as docs/weights.md describes them, in floats as it says: what the
/// kernels multiply by.
/// </summary>
internal static class Panels
{
    private const int Lanes = 32;

    /// <summary>The weights of a matrix after packing, row by row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">The matrix.</param>
    /// <param name="type">Its weight type.</param>
    /// <param name="beyond">How many weights rounding takes beyond −8 .. 7 times their scale, for <see cref="WeightType.Int4"/>.</param>
    public static double[][] RoundTrip(string path, StoredTensor tensor, WeightType type, out int beyond)
    {
        int rows = (int)tensor.Shape[0];
        int columns = (int)tensor.Shape[1];
        (WeightSlot slot, int panelBytes) = type switch
        {
            WeightType.Int8 => (WeightSlot.Matrix<Int8>([tensor.Name], rows, columns, 0), 32 * ((8 * ((columns + 7) / 8)) + 4)),
            WeightType.Int4 => (WeightSlot.Matrix<Int4>([tensor.Name], rows, columns, 0), 576 * ((columns + 31) / 32)),
            WeightType.Float16 => (WeightSlot.Matrix<Float16>([tensor.Name], rows, columns, 0), 64 * columns),
            _ => (WeightSlot.Matrix<BFloat16>([tensor.Name], rows, columns, 0), 64 * columns),
        };
        long bytes = (long)(rows + Lanes - 1) / Lanes * panelBytes;
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using WeightMemory memory = WeightLoader.Load(file, new WeightManifest("Test", bytes, [slot], ["*"]));
        ReadOnlySpan<byte> packed = MemoryMarshal.AsBytes(memory.Floats(0, (int)(bytes / sizeof(float))));
        float[] stored = tensor.Floats();
        beyond = 0;
        var result = new double[rows][];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<byte> panel = packed.Slice(row / Lanes * panelBytes, panelBytes);
            result[row] = new double[columns];
            for (int column = 0; column < columns; column++)
            {
                (double value, double scale) = Read(panel, type, row % Lanes, column, columns);
                result[row][column] = value;
                beyond += type == WeightType.Int4 && scale != 0 && stored[(row * columns) + column] / scale is < -8.5 or > 7.5 ? 1 : 0;
            }
        }

        return result;
    }

    private static (double Value, double Scale) Read(ReadOnlySpan<byte> panel, WeightType type, int lane, int column, int columns)
    {
        int half = (lane % 16 * 2) + (lane / 16);
        switch (type)
        {
            case WeightType.Int8:
                float scale8 = MemoryMarshal.Cast<byte, float>(panel[(Lanes * 8 * ((columns + 7) / 8))..])[lane];
                return ((sbyte)panel[(column / 4 * 128) + (lane * 4) + (column % 4)] * scale8, scale8);
            case WeightType.Int4:
                ReadOnlySpan<byte> group = panel.Slice(column / 32 * 576, 576);
                float scale4 = BFloat16(MemoryMarshal.Cast<byte, ushort>(group[512..])[half]);
                int both = group[(column % 32 / 8 * 128) + (lane * 4) + (column % 4)];
                return (((column % 8 < 4 ? both & 15 : both >> 4) - 8) * scale4, scale4);
            case WeightType.Float16:
                return ((double)MemoryMarshal.Cast<byte, Half>(panel)[(column * Lanes) + half], 1);
            default:
                return (BFloat16(MemoryMarshal.Cast<byte, ushort>(panel)[(column * Lanes) + half]), 1);
        }
    }

    private static float BFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
