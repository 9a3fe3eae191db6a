using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>Digests as the recording script makes them: of ids, of offsets, and of decoded text.</summary>
internal sealed class Digest : IDisposable
{
    private readonly IncrementalHash[] _hashes =
    [
        IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
        IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
    ];

    public void Add(TokenSpan[] tokens, string decoded)
    {
        int[] ids = Array.ConvertAll(tokens, token => token.Id);
        int[] offsets = [.. tokens.SelectMany(token => new[] { token.Start, token.End })];
        _hashes[0].AppendData(MemoryMarshal.AsBytes<int>(ids));
        _hashes[1].AppendData(MemoryMarshal.AsBytes<int>(offsets));
        _hashes[2].AppendData(Encoding.UTF8.GetBytes(decoded));
    }

    /// <summary>Of a vocabulary that has no offsets; <see cref="TakeWithoutOffsets"/> gives the digests.</summary>
    public void Add(ReadOnlySpan<int> ids, string decoded)
    {
        _hashes[0].AppendData(MemoryMarshal.AsBytes(ids));
        _hashes[2].AppendData(Encoding.UTF8.GetBytes(decoded));
    }

    public void EndLine()
    {
        _hashes[0].AppendData([0xFF, 0xFF, 0xFF, 0xFF]);
        _hashes[1].AppendData([0xFF, 0xFF, 0xFF, 0xFF]);
        _hashes[2].AppendData("\n"u8);
    }

    public string Take() =>
        string.Join(' ', _hashes.Select(hash => Convert.ToHexStringLower(hash.GetHashAndReset())[..12]));

    public string TakeWithoutOffsets()
    {
        string[] digests = Take().Split(' ');
        return $"{digests[0]} {digests[2]}";
    }

    public void Dispose() => Array.ForEach(_hashes, hash => hash.Dispose());
}
