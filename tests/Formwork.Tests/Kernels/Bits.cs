using System.Runtime.InteropServices;

namespace Formwork.Tests.Kernels;

internal static class Bits
{
    /// <summary>Asserts that two spans hold the same bits: unlike a comparison of floats, this tells −0 from 0.</summary>
    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(MemoryMarshal.AsBytes(expected).SequenceEqual(MemoryMarshal.AsBytes(actual)));
}
