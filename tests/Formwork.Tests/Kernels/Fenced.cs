namespace Formwork.Tests.Kernels;

/// <summary>
/// Memory with NaN on both sides. A kernel that reads past its span turns its result into NaN, and one that writes past it is found by
/// <see cref="AssertIntact"/>. The odd offset leaves no register aligned.
/// </summary>
internal sealed class Fenced
{
    private const int Fence = 33;
    private readonly float[] _memory;

    public Fenced(int length)
    {
        _memory = new float[length + (2 * Fence)];
        Array.Fill(_memory, float.NaN);
    }

    public Fenced(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public Span<float> Span => _memory.AsSpan(Fence, _memory.Length - (2 * Fence));

    public void AssertIntact()
    {
        Assert.All(_memory[..Fence], value => Assert.True(float.IsNaN(value)));
        Assert.All(_memory[^Fence..], value => Assert.True(float.IsNaN(value)));
    }
}
