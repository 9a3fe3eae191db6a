namespace Formwork.Interop;

/// <summary>
/// Objects that C holds by a number. No number comes twice, so one of an object that is gone, or one that never was any, is told from the
/// others rather than followed.
/// </summary>
internal static class Handles
{
    private const int IndexBits = 12;
    private const int Capacity = 1 << IndexBits;

    private static readonly Entry?[] Entries = new Entry?[Capacity];
    private static readonly Lock Changes = new();
    private static nint _serial;

    /// <summary>Gives an object a handle.</summary>
    /// <exception cref="NativeException">There are too many.</exception>
    public static nint Add(object value)
    {
        lock (Changes)
        {
            int index = Array.IndexOf(Entries, null);
            if (index < 0)
            {
                throw new NativeException(NativeStatus.OutOfMemory, $"{Capacity} models and searches are alive: destroy those that are not needed any more.");
            }

            // Odd, which no address of an object of C's is, and never NULL.
            nint handle = (((++_serial << IndexBits) | index) << 1) | 1;
            Volatile.Write(ref Entries[index], new(handle, value));
            return handle;
        }
    }

    /// <summary>The object of a handle.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="name">The argument's name in the header.</param>
    /// <exception cref="NativeException">It is none of such an object.</exception>
    public static T Get<T>(nint handle, string name)
        where T : class => Find(handle)?.Value as T ?? throw Unknown(handle, name);

    /// <summary>Takes an object back from C. Whoever has got it already may go on using it.</summary>
    /// <param name="handle">The handle.</param>
    /// <param name="name">The argument's name in the header.</param>
    /// <exception cref="NativeException">It is none of such an object.</exception>
    public static T Remove<T>(nint handle, string name)
        where T : class
    {
        lock (Changes)
        {
            T value = Get<T>(handle, name);
            Volatile.Write(ref Entries[Index(handle)], null);
            return value;
        }
    }

    private static Entry? Find(nint handle) => Volatile.Read(ref Entries[Index(handle)]) is { } entry && entry.Handle == handle ? entry : null;

    private static int Index(nint handle) => (int)(handle >> 1) & (Capacity - 1);

    private static NativeException Unknown(nint handle, string name) => new(
        NativeStatus.InvalidHandle,
        handle == 0 ? $"{name} is NULL." : $"{name} is no live handle of this kind: it has been destroyed, or was never created by this library for this declaration.");

    private sealed record Entry(nint Handle, object Value);
}
