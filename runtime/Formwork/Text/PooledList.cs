using System.Buffers;
using System.Runtime.CompilerServices;

namespace Formwork.Text;

/// <summary>A list that starts on the caller's stack and moves to the shared array pool when it outgrows it. Dispose it.</summary>
internal ref struct PooledList<T>
    where T : unmanaged
{
    // Half of what an array can hold: doubling never overflows, and texts this long are a mistake.
    private const int MaxLength = 1 << 30;

    private Span<T> _items;
    private T[]? _rented;
    private int _length;

    public PooledList(Span<T> initial)
    {
        _items = initial;
    }

    public readonly int Length => _length;

    public readonly Span<T> Items => _items[.._length];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        if ((uint)_length >= (uint)_items.Length)
        {
            Grow(1);
        }
        _items[_length++] = item;
    }

    /// <summary>Adds <paramref name="count"/> items of unspecified content and returns them for filling.</summary>
    public Span<T> Extend(int count)
    {
        if (count > _items.Length - _length)
        {
            Grow(count);
        }
        Span<T> added = _items.Slice(_length, count);
        _length += count;
        return added;
    }

    public void AddRange(scoped ReadOnlySpan<T> items) => items.CopyTo(Extend(items.Length));

    /// <summary>Shortens the list to its first <paramref name="length"/> items.</summary>
    public void Truncate(int length) => _length = length;

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<T>.Shared.Return(_rented);
            _rented = null;
        }
        _items = default;
        _length = 0;
    }

    private void Grow(int added)
    {
        long needed = (long)_length + added;
        if (needed > MaxLength)
        {
            throw new ArgumentException("The text is too long to be tokenised at once; give it in parts.");
        }
        T[] larger = ArrayPool<T>.Shared.Rent((int)Math.Min(MaxLength, Math.Max(needed, 2L * _length)));
        Items.CopyTo(larger);
        if (_rented is not null)
        {
            ArrayPool<T>.Shared.Return(_rented);
        }
        _items = _rented = larger;
    }
}
