namespace Formwork.Text;

/// <summary>Holds back the spaces at the end of a growing text, for they are dropped where nothing follows.</summary>
internal struct TrailingSpaces
{
    private readonly byte[] _space;
    private int _whole;
    private int _begun;

    /// <param name="space">What a space is: one byte, or the three of U+2581.</param>
    public TrailingSpaces(ReadOnlySpan<byte> space) => _space = space.ToArray();

    /// <summary>Takes the next bytes of the text and passes on all that is known to stay.</summary>
    public void HoldBack(scoped ReadOnlySpan<byte> bytes, ref PooledList<byte> output)
    {
        foreach (byte each in bytes)
        {
            if (each != _space[_begun])
            {
                PassOn(ref output);
            }
            if (each != _space[_begun])
            {
                output.Add(each);
            }
            else if (++_begun == _space.Length)
            {
                _whole++;
                _begun = 0;
            }
        }
    }

    /// <summary>Ends the text: spaces are dropped, unless bytes that only begin like one come last.</summary>
    public void Drop(ref PooledList<byte> output)
    {
        if (_begun > 0)
        {
            PassOn(ref output);
        }
        _whole = 0;
    }

    private void PassOn(ref PooledList<byte> output)
    {
        for (; _whole > 0; _whole--)
        {
            output.AddRange(_space);
        }
        output.AddRange(_space.AsSpan(0, _begun));
        _begun = 0;
    }
}
