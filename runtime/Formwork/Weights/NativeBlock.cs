using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Formwork.Weights;

/// <summary>One zero-filled block of native memory, freed once: by Dispose or, if that was forgotten, by the finaliser.</summary>
internal sealed unsafe class NativeBlock : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int CacheLine = 64;
    private readonly long _bytes;

    /// <summary>Allocates.</summary>
    /// <exception cref="OutOfMemoryException">The memory cannot be had.</exception>
    public NativeBlock(long bytes)
        : base(ownsHandle: true)
    {
        bool huge = HugePages.SuitFor(bytes);
        int alignment = huge ? HugePages.Alignment : CacheLine;
        if ((ulong)bytes > nuint.MaxValue - (nuint)alignment || bytes > long.MaxValue - alignment)
        {
            throw new InsufficientMemoryException();
        }

        _bytes = bytes + alignment - 1;
        // Zeroed by the allocator and aligned here, rather than AlignedAlloc and a clear: a large block's zero pages come from the
        // operating system when they are first written, so nothing is written twice and untouched padding costs no memory.
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)_bytes));
        GC.AddMemoryPressure(_bytes);
        Start = (byte*)(((nuint)handle + (nuint)alignment - 1) & ~((nuint)alignment - 1));
        if (huge)
        {
            HugePages.Request(Start, bytes);
        }
    }

    /// <summary>The first byte, at a multiple of 64.</summary>
    public byte* Start { get; }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }
}
