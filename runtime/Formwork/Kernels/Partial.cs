using System.Runtime.CompilerServices;

namespace Formwork.Kernels;

/// <summary>The end of a span that fills no whole register. It takes the same arithmetic as the rest, so a value never depends on where it stands.</summary>
internal static unsafe class Partial
{
    /// <summary>Reads <paramref name="count"/> floats, fewer than a register holds, and <paramref name="fill"/> for the other lanes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Load<V>(float* source, nint count, float fill)
        where V : unmanaged, ISimd<V>
    {
        V lanes = V.Broadcast(fill);
        Unsafe.CopyBlockUnaligned(&lanes, source, (uint)count * sizeof(float));
        return lanes;
    }

    /// <summary>Writes the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Store<V>(float* destination, V lanes, nint count)
        where V : unmanaged, ISimd<V> =>
        Unsafe.CopyBlockUnaligned(destination, &lanes, (uint)count * sizeof(float));
}
