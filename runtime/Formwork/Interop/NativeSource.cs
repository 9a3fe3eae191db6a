namespace Formwork.Interop;

/// <summary>The ids of a source, of which too many have a status of their own: the caller can split the source.</summary>
internal static class NativeSource
{
    public static ReadOnlySpan<int> Of(nint source, int length, NativeShape shape)
    {
        CheckLength(length, shape, "The source");
        return NativeArgument.Array<int>(source, length, "source");
    }

    public static void CheckLength(int length, NativeShape shape, string what)
    {
        if (length > shape.SourceLength)
        {
            throw new NativeException(
                NativeStatus.SourceTooLong,
                $"{what} has {length} tokens, but the model was generated for at most {shape.SourceLength}: give it in parts, or raise SourceLength in the declaration.");
        }
    }
}
