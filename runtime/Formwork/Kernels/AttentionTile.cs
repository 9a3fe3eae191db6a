using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>
/// The inner tiles of <see cref="AttentionBlock"/>: <c>y[r, c] += Σₖ a[r, k] · b[k, c]</c> for up to eight rows by one or two registers of
/// columns. Each sum runs over k in ascending order in one accumulator, whatever the tile, so a row gives the same bits alone as among
/// others. Tiles come in even heights; for an odd number of rows the last row is computed twice and stored twice.
/// </summary>
internal static unsafe class AttentionTile
{
    /// <summary>The tallest tile whose sums, columns and input fit the registers: 32 of AVX-512, 16 of AVX2 and SSE, where SSE needs one for the product.</summary>
    public static int MostRows<V>()
        where V : unmanaged, ISimd<V> => V.Width switch
        {
            16 => 8,
            8 => 6,
            _ => 4,
        };

    /// <summary>Computes one tile.</summary>
    /// <param name="rows">1 .. 8.</param>
    /// <param name="a">The rows' inputs, <paramref name="aStride"/> floats apart.</param>
    /// <param name="aStride">Floats from one row's inputs to the next row's.</param>
    /// <param name="left">The first register of columns, for k = 0.</param>
    /// <param name="right">The second, or null for none.</param>
    /// <param name="step">Floats from the columns of one k to those of the next.</param>
    /// <param name="count">Number of k.</param>
    /// <param name="y">Results, <paramref name="yStride"/> floats apart.</param>
    /// <param name="yStride">Floats from one row's result to the next row's.</param>
    /// <param name="isFirst">Whether sums start at zero rather than at what <paramref name="y"/> holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(
        int rows, float* a, nint aStride, float* left, float* right, nint step, nint count, float* y, nint yStride, bool isFirst)
        where V : unmanaged, ISimd<V>
    {
        if (right == null)
        {
            Rows<V, Narrow>(rows, a, aStride, left, right, step, count, y, yStride, isFirst);
        }
        else
        {
            Rows<V, Wide>(rows, a, aStride, left, right, step, count, y, yStride, isFirst);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rows<V, TColumns>(
        int rows, float* a, nint aStride, float* left, float* right, nint step, nint count, float* y, nint yStride, bool isFirst)
        where V : unmanaged, ISimd<V>
        where TColumns : struct, IExtent
    {
        switch ((rows + 1) / 2)
        {
            case 1:
                Sum<V, Two, TColumns>(rows, a, aStride, left, right, step, count, y, yStride, isFirst);
                break;
            case 2:
                Sum<V, Four, TColumns>(rows, a, aStride, left, right, step, count, y, yStride, isFirst);
                break;
            case 3:
                Sum<V, Six, TColumns>(rows, a, aStride, left, right, step, count, y, yStride, isFirst);
                break;
            default:
                Sum<V, Eight, TColumns>(rows, a, aStride, left, right, step, count, y, yStride, isFirst);
                break;
        }
    }

    /// <summary>All heights and widths in one text: the extents are constants to the compiler, which drops what a smaller tile has not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<V, TRows, TColumns>(
        int rows, float* a, nint aStride, float* left, float* right, nint step, nint count, float* y, nint yStride, bool isFirst)
        where V : unmanaged, ISimd<V>
        where TRows : struct, IExtent
        where TColumns : struct, IExtent
    {
        nint last = rows - 1;
        nint row2 = Math.Min(2, last), row3 = Math.Min(3, last), row4 = Math.Min(4, last);
        nint row5 = Math.Min(5, last), row6 = Math.Min(6, last);
        nint row1 = TRows.Of == 2 ? last : 1;
        row3 = TRows.Of == 4 ? last : row3;
        row5 = TRows.Of == 6 ? last : row5;
        nint row7 = last;

        V left0 = V.Zero, left1 = V.Zero, left2 = V.Zero, left3 = V.Zero, left4 = V.Zero, left5 = V.Zero, left6 = V.Zero, left7 = V.Zero;
        V right0 = V.Zero, right1 = V.Zero, right2 = V.Zero, right3 = V.Zero, right4 = V.Zero, right5 = V.Zero, right6 = V.Zero, right7 = V.Zero;
        if (!isFirst)
        {
            Start<V, TColumns>(y, ref left0, ref right0);
            Start<V, TColumns>(y + (row1 * yStride), ref left1, ref right1);
            if (TRows.Of > 2)
            {
                Start<V, TColumns>(y + (row2 * yStride), ref left2, ref right2);
                Start<V, TColumns>(y + (row3 * yStride), ref left3, ref right3);
            }

            if (TRows.Of > 4)
            {
                Start<V, TColumns>(y + (row4 * yStride), ref left4, ref right4);
                Start<V, TColumns>(y + (row5 * yStride), ref left5, ref right5);
            }

            if (TRows.Of > 6)
            {
                Start<V, TColumns>(y + (row6 * yStride), ref left6, ref right6);
                Start<V, TColumns>(y + (row7 * yStride), ref left7, ref right7);
            }
        }

        float* a1 = a + (row1 * aStride);
        float* a2 = a + (row2 * aStride);
        float* a3 = a + (row3 * aStride);
        float* a4 = a + (row4 * aStride);
        float* a5 = a + (row5 * aStride);
        float* a6 = a + (row6 * aStride);
        float* a7 = a + (row7 * aStride);
        for (nint k = 0; k < count; k++)
        {
            V first = V.Load(left);
            V second = TColumns.Of == 1 ? V.Zero : V.Load(right);
            left += step;
            right += step;
            Step<V, TColumns>(a[k], first, second, ref left0, ref right0);
            Step<V, TColumns>(a1[k], first, second, ref left1, ref right1);
            if (TRows.Of > 2)
            {
                Step<V, TColumns>(a2[k], first, second, ref left2, ref right2);
                Step<V, TColumns>(a3[k], first, second, ref left3, ref right3);
            }

            if (TRows.Of > 4)
            {
                Step<V, TColumns>(a4[k], first, second, ref left4, ref right4);
                Step<V, TColumns>(a5[k], first, second, ref left5, ref right5);
            }

            if (TRows.Of > 6)
            {
                Step<V, TColumns>(a6[k], first, second, ref left6, ref right6);
                Step<V, TColumns>(a7[k], first, second, ref left7, ref right7);
            }
        }

        Finish<V, TColumns>(y, left0, right0);
        Finish<V, TColumns>(y + (row1 * yStride), left1, right1);
        if (TRows.Of > 2)
        {
            Finish<V, TColumns>(y + (row2 * yStride), left2, right2);
            Finish<V, TColumns>(y + (row3 * yStride), left3, right3);
        }

        if (TRows.Of > 4)
        {
            Finish<V, TColumns>(y + (row4 * yStride), left4, right4);
            Finish<V, TColumns>(y + (row5 * yStride), left5, right5);
        }

        if (TRows.Of > 6)
        {
            Finish<V, TColumns>(y + (row6 * yStride), left6, right6);
            Finish<V, TColumns>(y + (row7 * yStride), left7, right7);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Start<V, TColumns>(float* y, ref V left, ref V right)
        where V : unmanaged, ISimd<V>
        where TColumns : struct, IExtent
    {
        left = V.Load(y);
        if (TColumns.Of > 1)
        {
            right = V.Load(y + V.Width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, TColumns>(float input, V first, V second, ref V left, ref V right)
        where V : unmanaged, ISimd<V>
        where TColumns : struct, IExtent
    {
        V everywhere = V.Broadcast(input);
        left = V.MultiplyAdd(everywhere, first, left);
        if (TColumns.Of > 1)
        {
            right = V.MultiplyAdd(everywhere, second, right);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<V, TColumns>(float* y, V left, V right)
        where V : unmanaged, ISimd<V>
        where TColumns : struct, IExtent
    {
        V.Store(y, left);
        if (TColumns.Of > 1)
        {
            V.Store(y + V.Width, right);
        }
    }

    /// <summary>A number of rows, or of registers, that the compiler knows.</summary>
    private interface IExtent
    {
        static abstract int Of { get; }
    }

    private readonly struct Narrow : IExtent
    {
        public static int Of => 1;
    }

    private readonly struct Wide : IExtent
    {
        public static int Of => 2;
    }

    private readonly struct Two : IExtent
    {
        public static int Of => 2;
    }

    private readonly struct Four : IExtent
    {
        public static int Of => 4;
    }

    private readonly struct Six : IExtent
    {
        public static int Of => 6;
    }

    private readonly struct Eight : IExtent
    {
        public static int Of => 8;
    }
}
