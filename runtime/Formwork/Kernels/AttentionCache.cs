using System.ComponentModel;

namespace Formwork.Kernels;

/// <summary>
/// One attention's keys and values, for all its heads, laid out for reading. Keys are <c>[heads][capacity / 16][headDim][16]</c>: sixteen
/// positions side by side, so that scores are made a register at a time with nothing to add across its lanes. Values are
/// <c>[heads][capacity][headDim]</c>. The kernels never read what was not stored into a result, so a cache need not be cleared.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AttentionCache
{
    /// <summary>Positions side by side in the keys.</summary>
    public const int PositionBlock = 16;

    /// <summary><paramref name="positions"/> rounded up to whole blocks.</summary>
    /// <param name="positions">The most positions the cache must hold; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="positions"/> is negative or too large to round up.</exception>
    public static int Capacity(int positions)
    {
        ShapeGate.Within(0, int.MaxValue / PositionBlock * PositionBlock, positions, nameof(positions));
        return (positions + PositionBlock - 1) / PositionBlock * PositionBlock;
    }

    /// <summary>Stores every head's keys for one position or more.</summary>
    /// <param name="source">The rows' keys [heads, headDim], <paramref name="stride"/> floats apart; may go on behind the last.</param>
    /// <param name="stride">At least heads · headDim.</param>
    /// <param name="keys">The cache [heads][capacity / 16][headDim][16].</param>
    /// <param name="position">The first row's position, 0 .. <paramref name="capacity"/> − <paramref name="rows"/>.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="Capacity"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape, or the capacity is not in whole blocks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or the position is outside its range.</exception>
    public static unsafe void StoreKeys(
        ReadOnlySpan<float> source, int stride, Span<float> keys, int position, int rows, int heads, int headDim, int capacity)
    {
        Check(source.Length, stride, keys.Length, nameof(keys), position, rows, heads, headDim, capacity);
        fixed (float* sourcePointer = source, keysPointer = keys)
        {
            for (int head = 0; head < heads; head++)
            {
                float* from = sourcePointer + ((nint)head * headDim);
                float* to = keysPointer + ((nint)head * capacity * headDim);
                int row = 0;
                while (row < rows)
                {
                    int lane = (position + row) % PositionBlock;
                    float* block = to + ((nint)(position + row - lane) * headDim) + lane;
                    if (lane % KeyTransposition.Rows == 0 && row <= rows - KeyTransposition.Rows)
                    {
                        KeyTransposition.Run(from + ((nint)row * stride), stride, block, headDim);
                        row += KeyTransposition.Rows;
                    }
                    else
                    {
                        KeyTransposition.RunOne(from + ((nint)row * stride), block, headDim);
                        row++;
                    }
                }
            }
        }
    }

    /// <summary>Stores every head's values for one position or more.</summary>
    /// <param name="source">The rows' values [heads, headDim], <paramref name="stride"/> floats apart; may go on behind the last.</param>
    /// <param name="stride">At least heads · headDim.</param>
    /// <param name="values">The cache [heads][capacity][headDim].</param>
    /// <param name="position">The first row's position, 0 .. <paramref name="capacity"/> − <paramref name="rows"/>.</param>
    /// <param name="rows">Not negative; 0 does nothing.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="Capacity"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape, or the capacity is not in whole blocks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or the position is outside its range.</exception>
    public static void StoreValues(
        ReadOnlySpan<float> source, int stride, Span<float> values, int position, int rows, int heads, int headDim, int capacity)
    {
        Check(source.Length, stride, values.Length, nameof(values), position, rows, heads, headDim, capacity);
        for (int head = 0; head < heads; head++)
        {
            for (int row = 0; row < rows; row++)
            {
                source.Slice((row * stride) + (head * headDim), headDim).CopyTo(values[(((head * capacity) + position + row) * headDim)..]);
            }
        }
    }

    /// <summary>Copies the first positions of one cache to another.</summary>
    /// <param name="sourceKeys">Keys to copy [heads][capacity / 16][headDim][16].</param>
    /// <param name="sourceValues">Values to copy [heads][capacity][headDim].</param>
    /// <param name="keys">Receives the keys; whole blocks of them.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="positions">0 to <paramref name="capacity"/>.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="Capacity"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape, or the capacity is not in whole blocks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    public static void Copy(
        ReadOnlySpan<float> sourceKeys,
        ReadOnlySpan<float> sourceValues,
        Span<float> keys,
        Span<float> values,
        int positions,
        int heads,
        int headDim,
        int capacity)
    {
        CheckShape(heads, headDim, capacity);
        ShapeGate.Within(0, capacity, positions, nameof(positions));
        int perHead = capacity * headDim;
        ShapeGate.Exactly((long)heads * perHead, sourceKeys.Length, nameof(sourceKeys), "heads · headDim · capacity");
        ShapeGate.Exactly((long)heads * perHead, sourceValues.Length, nameof(sourceValues), "heads · headDim · capacity");
        ShapeGate.Exactly((long)heads * perHead, keys.Length, nameof(keys), "heads · headDim · capacity");
        ShapeGate.Exactly((long)heads * perHead, values.Length, nameof(values), "heads · headDim · capacity");
        for (int head = 0; head < heads; head++)
        {
            int start = head * perHead;
            sourceKeys.Slice(start, Capacity(positions) * headDim).CopyTo(keys[start..]);
            sourceValues.Slice(start, positions * headDim).CopyTo(values[start..]);
        }
    }

    /// <summary>Requires sizes that a cache can have.</summary>
    /// <exception cref="ArgumentException">The capacity is not in whole blocks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is outside its range.</exception>
    internal static void CheckShape(int heads, int headDim, int capacity)
    {
        ShapeGate.Within(1, int.MaxValue, heads, nameof(heads));
        ShapeGate.Within(1, int.MaxValue, headDim, nameof(headDim));
        ShapeGate.Within(0, int.MaxValue, capacity, nameof(capacity));
        ShapeGate.Exactly(Capacity(capacity), capacity, nameof(capacity), "a multiple of 16");
    }

    /// <summary>Requires rows of [heads, headDim], some floats apart, to lie within a span.</summary>
    /// <returns>heads · headDim.</returns>
    /// <exception cref="ArgumentException">The span is too short.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows overlap.</exception>
    internal static int CheckRows(int length, string argument, int stride, string strideArgument, int rows, int heads, int headDim)
    {
        int width = checked(heads * headDim);
        ShapeGate.Within(width, int.MaxValue, stride, strideArgument);
        if (rows > 0)
        {
            ShapeGate.AtLeast(((rows - 1L) * stride) + width, length, argument, "(rows − 1) · stride + heads · headDim");
        }

        return width;
    }

    private static void Check(int sourceLength, int stride, int cacheLength, string cache, int position, int rows, int heads, int headDim, int capacity)
    {
        CheckShape(heads, headDim, capacity);
        ShapeGate.Within(0, capacity, rows, nameof(rows));
        ShapeGate.Within(0, capacity - rows, position, nameof(position));
        ShapeGate.Exactly((long)heads * headDim * capacity, cacheLength, cache, "heads · headDim · capacity");
        CheckRows(sourceLength, "source", stride, nameof(stride), rows, heads, headDim);
    }
}
