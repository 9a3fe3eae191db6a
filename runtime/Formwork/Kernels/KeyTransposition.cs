using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Formwork.Kernels;

/// <summary>Lays keys out side by side: what is a row in the source is a lane in the cache.</summary>
internal static unsafe class KeyTransposition
{
    /// <summary>Rows that <see cref="Run"/> moves at once.</summary>
    public const int Rows = 4;

    private const int Block = AttentionCache.PositionBlock;

    /// <summary>Moves four rows into four neighbouring lanes, a square of 4 × 4 at a time.</summary>
    /// <param name="rows">Four rows [headDim], <paramref name="stride"/> floats apart.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="lanes">The first row's lane; the lane's next float is 16 further.</param>
    /// <param name="headDim">Floats in a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* rows, nint stride, float* lanes, nint headDim)
    {
        nint j = 0;
        for (; j <= headDim - 4; j += 4, lanes += 4 * Block)
        {
            Vector128<float> row0 = Vector128.Load(rows + j);
            Vector128<float> row1 = Vector128.Load(rows + stride + j);
            Vector128<float> row2 = Vector128.Load(rows + (2 * stride) + j);
            Vector128<float> row3 = Vector128.Load(rows + (3 * stride) + j);
            Vector128<float> low02 = Interleave.Lower(row0, row2);
            Vector128<float> low13 = Interleave.Lower(row1, row3);
            Vector128<float> high02 = Interleave.Upper(row0, row2);
            Vector128<float> high13 = Interleave.Upper(row1, row3);
            Interleave.Lower(low02, low13).Store(lanes);
            Interleave.Upper(low02, low13).Store(lanes + Block);
            Interleave.Lower(high02, high13).Store(lanes + (2 * Block));
            Interleave.Upper(high02, high13).Store(lanes + (3 * Block));
        }

        for (; j < headDim; j++, lanes += Block)
        {
            for (int row = 0; row < Rows; row++)
            {
                lanes[row] = rows[(row * stride) + j];
            }
        }
    }

    /// <summary>Moves one row into one lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunOne(float* row, float* lane, nint headDim)
    {
        for (nint j = 0; j < headDim; j++)
        {
            lane[j * Block] = row[j];
        }
    }
}
