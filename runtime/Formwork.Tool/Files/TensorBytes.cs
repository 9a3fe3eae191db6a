using System.Security.Cryptography;
using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>Reads tensors through one buffer of a fixed length, so that memory does not grow with the file.</summary>
internal sealed class TensorBytes(CancellationToken cancellation)
{
    /// <summary>Bytes read at once: a multiple of every element's length.</summary>
    public const int ChunkBytes = 1 << 18;

    private readonly byte[] _chunk = new byte[ChunkBytes];

    /// <summary>Reads a tensor from its first byte to its last.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="visit">Sees each stretch of bytes.</param>
    /// <returns>The SHA-256 of its bytes, in lower-case hexadecimal.</returns>
    public string Read(SafetensorsTensor tensor, Action<ReadOnlySpan<byte>> visit)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long done = 0; done < tensor.ByteLength; done += ChunkBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> part = _chunk.AsSpan(0, (int)Math.Min(ChunkBytes, tensor.ByteLength - done));
            tensor.CopyTo(done, part);
            hash.AppendData(part);
            visit(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
