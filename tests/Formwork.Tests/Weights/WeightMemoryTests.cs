using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class WeightMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(1_000_003)]
    public unsafe void It_is_aligned_and_zero(int floats)
    {
        using var memory = new WeightMemory(floats);
        ReadOnlySpan<float> all = memory.Slice(0, floats);
        Assert.Equal(0, (long)(nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(all)) % 64);
        Assert.False(all.ContainsAnyExcept(0f));
        Assert.Equal(floats, memory.Length);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 9)]
    [InlineData(8, 1)]
    [InlineData(long.MaxValue, 8)]
    public void A_slice_outside_is_refused(long offset, int length)
    {
        using var memory = new WeightMemory(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Slice(offset, length).Length);
    }

    [Fact]
    public void Nothing_is_read_after_dispose()
    {
        var memory = new WeightMemory(8);
        memory.Dispose();
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Slice(0, 8).Length);
    }

    [Fact]
    public void Impossible_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightMemory(-1));
        Assert.Throws<InsufficientMemoryException>(() => new WeightMemory(long.MaxValue));
        Assert.ThrowsAny<OutOfMemoryException>(() => new WeightMemory(long.MaxValue / 8));
    }
}
