namespace Formwork.Kernels;

/// <summary>The instruction sets that the kernels are compiled for.</summary>
public enum SimdPath
{
    /// <summary>128-bit registers: SSE on x86-64 (multiply, then add), AdvSimd on ARM64 (fused).</summary>
    Vector128,

    /// <summary>256-bit registers: AVX2 with fused multiply-add.</summary>
    Avx2,

    /// <summary>512-bit registers: AVX-512.</summary>
    Avx512,
}
