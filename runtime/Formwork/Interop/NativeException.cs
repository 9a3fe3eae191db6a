namespace Formwork.Interop;

/// <summary>A failure that the boundary itself found. It never leaves the library.</summary>
internal sealed class NativeException(NativeStatus status, string message) : Exception(message)
{
    /// <summary>What the C function returns.</summary>
    public NativeStatus Status { get; } = status;

    /// <summary>An argument that cannot be used.</summary>
    public static NativeException Argument(string message) => new(NativeStatus.InvalidArgument, message);
}
