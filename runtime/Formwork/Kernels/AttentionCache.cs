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

    /// <summary>Stores every head's key for one position.</summary>
    /// <param name="key">Keys [heads, headDim].</param>
    /// <param name="keys">The cache [heads][capacity / 16][headDim][16].</param>
    /// <param name="position">0 .. <paramref name="capacity"/> − 1.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="Capacity"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape, or the capacity is not in whole blocks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or the position is outside its range.</exception>
    public static void StoreKey(ReadOnlySpan<float> key, Span<float> keys, int position, int heads, int headDim, int capacity)
    {
        Check(key.Length, nameof(key), keys.Length, nameof(keys), position, heads, headDim, capacity);
        int block = position / PositionBlock * headDim * PositionBlock;
        int lane = position % PositionBlock;
        for (int head = 0; head < heads; head++)
        {
            ReadOnlySpan<float> from = key.Slice(head * headDim, headDim);
            Span<float> to = keys.Slice((head * capacity * headDim) + block, headDim * PositionBlock);
            for (int j = 0; j < from.Length; j++)
            {
                to[(j * PositionBlock) + lane] = from[j];
            }
        }
    }

    /// <summary>Stores every head's value for one position.</summary>
    /// <param name="value">Values [heads, headDim].</param>
    /// <param name="values">The cache [heads][capacity][headDim].</param>
    /// <param name="position">0 .. <paramref name="capacity"/> − 1.</param>
    /// <param name="heads">Positive.</param>
    /// <param name="headDim">Positive.</param>
    /// <param name="capacity">A result of <see cref="Capacity"/>.</param>
    /// <exception cref="ArgumentException">A span's length does not match the shape, or the capacity is not in whole blocks.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or the position is outside its range.</exception>
    public static void StoreValue(ReadOnlySpan<float> value, Span<float> values, int position, int heads, int headDim, int capacity)
    {
        Check(value.Length, nameof(value), values.Length, nameof(values), position, heads, headDim, capacity);
        for (int head = 0; head < heads; head++)
        {
            value.Slice(head * headDim, headDim).CopyTo(values[(((head * capacity) + position) * headDim)..]);
        }
    }

    private static void Check(
        int entryLength,
        string entry,
        int cacheLength,
        string cache,
        int position,
        int heads,
        int headDim,
        int capacity)
    {
        ShapeGate.Within(1, int.MaxValue, heads, nameof(heads));
        ShapeGate.Within(1, int.MaxValue, headDim, nameof(headDim));
        ShapeGate.Within(0, int.MaxValue, capacity, nameof(capacity));
        ShapeGate.Exactly(Capacity(capacity), capacity, nameof(capacity), "a multiple of 16");
        ShapeGate.Within(0, capacity - 1, position, nameof(position));
        ShapeGate.Exactly((long)heads * headDim, entryLength, entry, "heads · headDim");
        ShapeGate.Exactly((long)heads * headDim * capacity, cacheLength, cache, "heads · headDim · capacity");
    }
}
