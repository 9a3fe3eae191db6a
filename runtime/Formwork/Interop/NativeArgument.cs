using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Formwork.Interop;

/// <summary>Turns what C passes into spans, after every check that can be made of an address.</summary>
internal static unsafe class NativeArgument
{
    /// <summary>An array of the caller's.</summary>
    /// <param name="pointer">Its address; NULL where it is empty.</param>
    /// <param name="length">Its length.</param>
    /// <param name="name">The argument's name in the header.</param>
    public static Span<T> Array<T>(nint pointer, int length, string name)
        where T : unmanaged
    {
        if (length < 0)
        {
            throw NativeException.Argument($"The length of {name} is {length}: it cannot be negative.");
        }

        if (length == 0)
        {
            return default;
        }

        Check<T>(pointer, name);
        return new((void*)pointer, length);
    }

    /// <summary>An array that must be there, of a length that the model says.</summary>
    public static Span<T> Fixed<T>(nint pointer, int length, string name)
        where T : unmanaged
    {
        Check<T>(pointer, name);
        return new((void*)pointer, length);
    }

    /// <summary>A place that receives a result.</summary>
    public static ref T Result<T>(nint pointer, string name)
        where T : unmanaged
    {
        Check<T>(pointer, name);
        return ref Unsafe.AsRef<T>((void*)pointer);
    }

    /// <summary>The memory of a state or batch. Its header is changed atomically, hence the alignment.</summary>
    public static Span<byte> Memory(nint pointer, int bytes, string name)
    {
        Check<int>(pointer, name);
        return new((void*)pointer, bytes);
    }

    /// <summary>The bytes of a file in memory, without a copy.</summary>
    public static NativeBytes File(nint pointer, long length, string name)
    {
        if (length is < 0 or > int.MaxValue)
        {
            throw NativeException.Argument($"The length of {name} is {length}: between 0 and {int.MaxValue} bytes are read from memory; a longer file can be loaded by its path.");
        }

        if (length > 0)
        {
            Check<byte>(pointer, name);
        }

        return new(pointer, (int)length);
    }

    /// <summary>A text that ends with a zero.</summary>
    public static ReadOnlySpan<byte> Text(nint pointer, string name)
    {
        Check<byte>(pointer, name);
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)pointer);
        return Utf8.IsValid(text)
            ? text
            : throw new NativeException(NativeStatus.InvalidUtf8, $"{name} is not UTF-8: its bytes form no text.");
    }

    private static void Check<T>(nint pointer, string name)
        where T : unmanaged
    {
        if (pointer == 0)
        {
            throw NativeException.Argument($"{name} is NULL.");
        }

        if ((pointer & (sizeof(T) - 1)) != 0)
        {
            throw NativeException.Argument($"{name} is at an address that {sizeof(T)} does not divide.");
        }
    }
}
