using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>What becomes of a projection's results while they are still in the first-level cache.</summary>
internal unsafe interface IEpilogue
{
    /// <summary>Whether results are added to what is there already.</summary>
    static abstract bool Accumulates { get; }

    /// <summary>Works on finished outputs of one row.</summary>
    static abstract void Finish<V>(float* y, nint count)
        where V : unmanaged, ISimd<V>;
}

/// <summary>The result alone.</summary>
internal readonly unsafe struct NoEpilogue : IEpilogue
{
    public static bool Accumulates => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<V>(float* y, nint count)
        where V : unmanaged, ISimd<V>
    {
    }
}

/// <summary>The residual connection: the result is added.</summary>
internal readonly unsafe struct AccumulateEpilogue : IEpilogue
{
    public static bool Accumulates => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish<V>(float* y, nint count)
        where V : unmanaged, ISimd<V>
    {
    }
}

/// <summary>An activation of the result.</summary>
internal readonly unsafe struct ActivationEpilogue<TFunction> : IEpilogue
    where TFunction : struct, IElementwise
{
    public static bool Accumulates => false;

    public static void Finish<V>(float* y, nint count)
        where V : unmanaged, ISimd<V> => Elementwise.Run<TFunction, V>(y, count);
}
