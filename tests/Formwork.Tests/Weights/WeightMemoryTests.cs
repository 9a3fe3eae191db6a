using Formwork.Kernels;
using Formwork.Weights;

namespace Formwork.Tests.Weights;

public sealed class WeightMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(1_000_003)]
    [InlineData(9_000_001)]
    public unsafe void It_is_aligned_and_zero(int bytes)
    {
        using var memory = new WeightMemory(bytes);
        byte* start = memory.At(0, bytes);
        Assert.Equal(0, (long)(nint)start % 64);
        Assert.False(new ReadOnlySpan<byte>(start, bytes).ContainsAnyExcept((byte)0));
        Assert.False(memory.Floats(0, bytes / sizeof(float)).ContainsAnyExcept(0f));
        Assert.Equal(bytes, memory.Length);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 9)]
    [InlineData(32, 1)]
    [InlineData(28, 2)]
    [InlineData(0, int.MaxValue)]
    [InlineData(long.MaxValue, 8)]
    public void Floats_outside_are_refused(long offset, int length)
    {
        using var memory = new WeightMemory(32);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Floats(offset, length).Length);
    }

    [Theory]
    [InlineData(-64, 1, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, 1, -1)]
    [InlineData(0, 33, 4)]
    [InlineData(0, 1, 5)]
    [InlineData(64, 32, 4)]
    [InlineData(long.MaxValue, 32, 4)]
    [InlineData(0, int.MaxValue, int.MaxValue)]
    public void A_matrix_outside_is_refused(long offset, int outputs, int inputs)
    {
        using var memory = new WeightMemory(512);
        Assert.Equal(4, memory.Matrix<Float32>(0, 32, 4).Inputs);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Matrix<Float32>(offset, outputs, inputs).Inputs);
    }

    [Fact]
    public void Nothing_is_read_after_dispose()
    {
        var memory = new WeightMemory(512);
        memory.Dispose();
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Floats(0, 8).Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Matrix<Int8>(0, 1, 1).Inputs);
    }

    [Fact]
    public void Impossible_lengths_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightMemory(-1));
        Assert.Throws<InsufficientMemoryException>(() => new WeightMemory(long.MaxValue));
        Assert.ThrowsAny<OutOfMemoryException>(() => new WeightMemory(long.MaxValue / 8));
    }
}
