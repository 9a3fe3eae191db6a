namespace Formwork.Text;

/// <summary>A vocabulary whose tokens are strings of bytes, which need not be whole characters.</summary>
internal interface IByteTokens
{
    /// <summary>Number of ids: they run from 0 to one less.</summary>
    int Count { get; }

    /// <summary>What a run of bytes that is part of no character becomes, as long as a decoder can tell it from what follows: one UTF-16 unit or nothing.</summary>
    string Replacement { get; }

    /// <summary>The bytes of a token; none for a mark.</summary>
    /// <param name="id">An id of the vocabulary.</param>
    ReadOnlySpan<byte> BytesOf(int id);
}
