using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Formwork.Interop;

/// <summary>What C functions tell about failures: a status, and a message that stays with the thread until its next failure.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NativeErrors
{
    private const int SmallestMessage = 512;

    // Pinned, so that its address holds for as long as the thread keeps the array; the collector frees it with the thread.
    [ThreadStatic]
    private static byte[]? _message;

    /// <summary>The address of the calling thread's last message, an empty one where nothing has failed yet.</summary>
    public static nint LastMessage() => _message is { } message ? AddressOf(message) : AddressOf("\0"u8);

    /// <summary>The address of a status' name.</summary>
    /// <param name="status">The status.</param>
    public static nint StatusName(int status) => (NativeStatus)status switch
    {
        NativeStatus.Ok => AddressOf("ok\0"u8),
        NativeStatus.InvalidArgument => AddressOf("invalid argument\0"u8),
        NativeStatus.InvalidHandle => AddressOf("invalid handle\0"u8),
        NativeStatus.InvalidState => AddressOf("invalid state\0"u8),
        NativeStatus.Weights => AddressOf("weights\0"u8),
        NativeStatus.Vocabulary => AddressOf("vocabulary\0"u8),
        NativeStatus.SourceTooLong => AddressOf("source too long\0"u8),
        NativeStatus.InvalidUtf8 => AddressOf("invalid UTF-8\0"u8),
        NativeStatus.BufferTooSmall => AddressOf("buffer too small\0"u8),
        NativeStatus.Generation => AddressOf("generation\0"u8),
        NativeStatus.OutOfMemory => AddressOf("out of memory\0"u8),
        NativeStatus.Unexpected => AddressOf("unexpected\0"u8),
        _ => AddressOf("unknown status\0"u8),
    };

    /// <summary>Keeps an exception's message for the calling thread.</summary>
    /// <returns>The status to return.</returns>
    internal static int Report(Exception exception)
    {
        NativeStatus status = StatusOf.Exception(exception);
        try
        {
            Keep(status == NativeStatus.Unexpected ? $"{exception.GetType().Name}: {exception.Message}" : exception.Message);
        }
        catch (Exception)
        {
            // Usually no memory to say more; nothing may leave from here in any case. What is there must not tell of another failure.
            _message?.AsSpan().Clear();
        }

        return (int)status;
    }

    private static void Keep(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (_message is not { } message || message.Length <= length)
        {
            _message = message = GC.AllocateUninitializedArray<byte>(Math.Max(length + 1, SmallestMessage), pinned: true);
        }

        Encoding.UTF8.GetBytes(text, message);
        message[length] = 0;
    }

    /// <summary>The address of memory that never moves: a pinned array, or a literal, which lies in the program's image.</summary>
    private static unsafe nint AddressOf(ReadOnlySpan<byte> fixedMemory) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(fixedMemory));
}
