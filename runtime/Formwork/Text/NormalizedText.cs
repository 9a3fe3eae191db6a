namespace Formwork.Text;

/// <summary>Text in normal form while it is being written, with, if wanted, the origin of each of its bytes. Dispose it.</summary>
internal ref struct NormalizedText
{
    private readonly bool _tracksOrigins;
    private PooledList<byte> _bytes;
    private PooledList<int> _origins;

    /// <param name="initial">Stack space to begin with.</param>
    /// <param name="tracksOrigins">Whether origins are wanted.</param>
    public NormalizedText(Span<byte> initial, bool tracksOrigins)
    {
        _bytes = new PooledList<byte>(initial);
        _tracksOrigins = tracksOrigins;
    }

    /// <summary>The normal form (UTF-8).</summary>
    public readonly ReadOnlySpan<byte> Bytes => _bytes.Items;

    /// <summary>
    /// For every byte of the normal form, and for its end, the offset in the given text of what it came from; empty if not tracked.
    /// </summary>
    public readonly ReadOnlySpan<int> Origins => _origins.Items;

    /// <summary>Appends bytes that all came from what is at <paramref name="origin"/>.</summary>
    public void Append(scoped ReadOnlySpan<byte> bytes, int origin)
    {
        _bytes.AddRange(bytes);
        if (_tracksOrigins)
        {
            _origins.Extend(bytes.Length).Fill(origin);
        }
    }

    /// <summary>Appends bytes that were copied one for one from <paramref name="origin"/> on.</summary>
    public void AppendCopied(scoped ReadOnlySpan<byte> bytes, int origin)
    {
        _bytes.AddRange(bytes);
        if (_tracksOrigins)
        {
            foreach (ref int each in _origins.Extend(bytes.Length))
            {
                each = origin++;
            }
        }
    }

    /// <summary>Removes every <paramref name="suffix"/> from the end; the answer is the new end's origin.</summary>
    /// <param name="suffix">What to remove.</param>
    /// <param name="end">The end's origin if nothing is removed.</param>
    public int TrimEnd(scoped ReadOnlySpan<byte> suffix, int end)
    {
        while (_bytes.Items.EndsWith(suffix))
        {
            int length = _bytes.Length - suffix.Length;
            _bytes.Truncate(length);
            if (_tracksOrigins)
            {
                end = _origins.Items[length];
                _origins.Truncate(length);
            }
        }
        return end;
    }

    /// <summary>Notes the origin of the end, once everything is written.</summary>
    public void Finish(int end)
    {
        if (_tracksOrigins)
        {
            _origins.Add(end);
        }
    }

    public void Dispose()
    {
        _bytes.Dispose();
        _origins.Dispose();
    }
}
