using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Formwork.Kernels;

namespace Formwork.Benchmarks.Limits;

/// <summary>Reads memory from one end to the other and does next to nothing with it: weights cannot arrive faster.</summary>
internal sealed unsafe class ReadLoop : IDisposable
{
    /// <summary>Sizes are multiples of this: eight registers of 64 bytes.</summary>
    public const int Block = 512;

    // Large pages begin on multiples of this.
    private const int Alignment = 2 * 1024 * 1024;

    // Somewhere for the result to go, so that no compiler can leave the work out.
    private static int _sink;

    private readonly int* _memory;
    private readonly nint _bytes;

    /// <summary>Allocates the memory and writes to it, as pages that were never written are all the same page.</summary>
    public ReadLoop(nint bytes)
    {
        _bytes = bytes;
        _memory = (int*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        NativeMemory.Fill(_memory, (nuint)bytes, 1);
    }

    /// <summary>Reads everything some times.</summary>
    /// <returns>Bytes read.</returns>
    public long Run(int times)
    {
        for (int time = 0; time < times; time++)
        {
            switch (Simd.Path)
            {
                case SimdPath.Avx512:
                    Read512();
                    break;
                case SimdPath.Avx2:
                    Read256();
                    break;
                default:
                    Read128();
                    break;
            }
        }

        return (long)_bytes * times;
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.AlignedFree(_memory);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read512()
    {
        Vector512<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        int* end = _memory + (_bytes / sizeof(int));
        for (int* at = _memory; at < end; at += 8 * Vector512<int>.Count)
        {
            a |= Vector512.Load(at);
            b |= Vector512.Load(at + Vector512<int>.Count);
            c |= Vector512.Load(at + (2 * Vector512<int>.Count));
            d |= Vector512.Load(at + (3 * Vector512<int>.Count));
            e |= Vector512.Load(at + (4 * Vector512<int>.Count));
            f |= Vector512.Load(at + (5 * Vector512<int>.Count));
            g |= Vector512.Load(at + (6 * Vector512<int>.Count));
            h |= Vector512.Load(at + (7 * Vector512<int>.Count));
        }

        _sink = (a | b | c | d | e | f | g | h)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read256()
    {
        Vector256<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        int* end = _memory + (_bytes / sizeof(int));
        for (int* at = _memory; at < end; at += 8 * Vector256<int>.Count)
        {
            a |= Vector256.Load(at);
            b |= Vector256.Load(at + Vector256<int>.Count);
            c |= Vector256.Load(at + (2 * Vector256<int>.Count));
            d |= Vector256.Load(at + (3 * Vector256<int>.Count));
            e |= Vector256.Load(at + (4 * Vector256<int>.Count));
            f |= Vector256.Load(at + (5 * Vector256<int>.Count));
            g |= Vector256.Load(at + (6 * Vector256<int>.Count));
            h |= Vector256.Load(at + (7 * Vector256<int>.Count));
        }

        _sink = (a | b | c | d | e | f | g | h)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read128()
    {
        Vector128<int> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        int* end = _memory + (_bytes / sizeof(int));
        for (int* at = _memory; at < end; at += 8 * Vector128<int>.Count)
        {
            a |= Vector128.Load(at);
            b |= Vector128.Load(at + Vector128<int>.Count);
            c |= Vector128.Load(at + (2 * Vector128<int>.Count));
            d |= Vector128.Load(at + (3 * Vector128<int>.Count));
            e |= Vector128.Load(at + (4 * Vector128<int>.Count));
            f |= Vector128.Load(at + (5 * Vector128<int>.Count));
            g |= Vector128.Load(at + (6 * Vector128<int>.Count));
            h |= Vector128.Load(at + (7 * Vector128<int>.Count));
        }

        _sink = (a | b | c | d | e | f | g | h)[0];
    }
}
