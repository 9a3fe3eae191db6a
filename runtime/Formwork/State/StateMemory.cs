namespace Formwork;

/// <summary>Memory for one model's state: caches and encoder output. One call uses it at a time.</summary>
public sealed class StateMemory : PinnedMemory
{
    /// <summary>Allocates zeroed memory.</summary>
    /// <param name="bytes">Size in bytes: the generated type's <c>StateBytes</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is not positive.</exception>
    public StateMemory(int bytes)
        : base(bytes)
    {
    }
}
