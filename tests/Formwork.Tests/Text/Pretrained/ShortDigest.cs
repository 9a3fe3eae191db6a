using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Formwork.Tests.Text.Pretrained;

/// <summary>Digests as the recording script makes them: eight hexadecimal digits.</summary>
internal static class ShortDigest
{
    public static string Of(ReadOnlySpan<int> ids) => Of(MemoryMarshal.AsBytes(ids));

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    private static string Of(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(SHA256.HashData(data))[..8];
}
