namespace Formwork;

/// <summary>Memory for one model's batch: the states and caches of hypotheses that are decoded together. One call uses it at a time.</summary>
public sealed class BatchMemory : PinnedMemory
{
    /// <summary>Allocates zeroed memory.</summary>
    /// <param name="bytes">Size in bytes: the generated type's <c>BatchBytes</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is not positive.</exception>
    public BatchMemory(int bytes)
        : base(bytes)
    {
    }
}
