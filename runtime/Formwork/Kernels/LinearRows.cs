using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="Linear.Apply"/> for several rows, cut into tiles. Rows are shared out evenly, so that no tile is left with a poor
/// remainder: nine rows are five and four, never eight and one.
/// </summary>
internal static unsafe class LinearRows
{
    /// <summary>Rows that go through one panel before the next panel is read: few enough to stay in the second-level cache.</summary>
    private const int BlockRows = 240;

    private const int WidestTile = 32;

    public static void Run<V>(in LinearOperands operands)
        where V : unmanaged, ISimd<V>
    {
        int blocks = Parts(operands.Rows, BlockRows);
        for (int first = 0; blocks > 0; blocks--)
        {
            int rows = Share(operands.Rows - first, blocks);
            for (int column = 0; column < operands.Outputs; column += 2 * V.Width)
            {
                Column<V>(operands, first, rows, column);
            }

            first += rows;
        }
    }

    private static void Column<V>(in LinearOperands operands, int first, int rows, int column)
        where V : unmanaged, ISimd<V>
    {
        nint inputs = operands.Inputs;
        int panel = column / PanelLayout.Width;
        float* weight = operands.Weight + (panel * inputs * PanelLayout.Width) + (column % PanelLayout.Width);
        float* bias = operands.BiasAt(column);
        float* x = operands.X + (first * inputs);
        float* y = operands.Y + ((nint)first * operands.Outputs) + column;
        int remaining = operands.Outputs - column;

        for (int tiles = Parts(rows, LinearTile.MostRows<V>()); tiles > 0; tiles--)
        {
            int height = Share(rows, tiles);
            if (remaining >= 2 * V.Width)
            {
                LinearTile.Run<V>(height, x, inputs, weight, bias, y, operands.Outputs);
            }
            else
            {
                Clipped<V>(height, x, inputs, weight, bias, y, operands.Outputs, remaining);
            }

            x += height * inputs;
            y += (nint)height * operands.Outputs;
            rows -= height;
        }
    }

    /// <summary>A tile of which only the first <paramref name="columns"/> outputs exist: made whole on the stack, then cut to size.</summary>
    [SkipLocalsInit]
    private static void Clipped<V>(int height, float* x, nint inputs, float* weight, float* bias, float* y, nint outputs, int columns)
        where V : unmanaged, ISimd<V>
    {
        float* whole = stackalloc float[LinearTile.MaxRows * WidestTile];
        LinearTile.Run<V>(height, x, inputs, weight, bias, whole, WidestTile);
        for (int row = 0; row < height; row++)
        {
            Unsafe.CopyBlockUnaligned(y + (row * outputs), whole + (row * WidestTile), (uint)columns * sizeof(float));
        }
    }

    private static int Parts(int whole, int most) => (int)(((long)whole + most - 1) / most);

    private static int Share(int whole, int parts) => Parts(whole, parts);
}
