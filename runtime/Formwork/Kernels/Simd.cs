using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Formwork.Kernels;

/// <summary>
/// Says which instruction set the kernels use in this process. Under the JIT it is the best one the processor has; an ahead-of-time
/// build uses what it was published for (<c>FormworkInstructionSet</c>): on x64 <see cref="SimdPath.Avx2"/> unless the project says otherwise.
/// </summary>
public static class Simd
{
    /// <summary>The path taken by every kernel in this process.</summary>
    public static SimdPath Path =>
        UseAvx512 ? SimdPath.Avx512
        : UseAvx2 ? SimdPath.Avx2
        : SimdPath.Vector128;

    /// <summary>
    /// True where 512-bit registers are there and worth using; some processors slow down with them, and the runtime knows which.
    /// A constant to the compiler, so a dispatch on it costs nothing.
    /// </summary>
    internal static bool UseAvx512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && Avx512BW.IsSupported;
    }

    /// <summary>True where AVX2 and FMA are both there; AVX2 alone would leave the multiply-add to be emulated, some 500 times slower.</summary>
    internal static bool UseAvx2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }
}
