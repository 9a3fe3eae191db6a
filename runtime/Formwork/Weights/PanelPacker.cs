using System.Runtime.CompilerServices;
using Formwork.Kernels;

namespace Formwork.Weights;

/// <summary>Writes rows of a matrix into a panel of <see cref="PanelLayout"/>: a transposition of up to 32 rows.</summary>
internal static class PanelPacker
{
    // One cache line of each row in turn, whose results (16 × 128 bytes) stay in the first-level cache until all rows have written their
    // lane. Row by row would fetch the panel 32 times; column by column reads 32 streams that, a power of two apart, share one cache set.
    private const int Block = 16;

    /// <summary>Writes rows to consecutive lanes of a panel.</summary>
    /// <param name="rows">Row-major values [count, columns].</param>
    /// <param name="columns">Columns of <paramref name="rows"/>.</param>
    /// <param name="panel">[columns][32]; other lanes are left as they are.</param>
    /// <param name="lane">The first row's lane; lane + count is at most 32.</param>
    // A program loads once: the loop runs before tiered compilation would have optimised it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(ReadOnlySpan<float> rows, int columns, Span<float> panel, int lane)
    {
        int count = rows.Length / columns;
        ArgumentOutOfRangeException.ThrowIfNegative(lane);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lane, PanelLayout.Width - count);
        ArgumentOutOfRangeException.ThrowIfLessThan(panel.Length, columns * PanelLayout.Width, nameof(panel));
        for (int column = 0; column < columns; column += Block)
        {
            int width = Math.Min(Block, columns - column);
            Span<float> target = panel.Slice(column * PanelLayout.Width, width * PanelLayout.Width);
            for (int row = 0; row < count; row++)
            {
                ReadOnlySpan<float> source = rows.Slice(row * columns + column, width);
                ref float first = ref target[lane + row];
                for (int i = 0; i < source.Length; i++)
                {
                    // Inside target: i < width and lane + row < 32, as checked above.
                    Unsafe.Add(ref first, i * PanelLayout.Width) = source[i];
                }
            }
        }
    }
}
