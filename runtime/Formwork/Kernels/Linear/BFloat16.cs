using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="WeightType.BFloat16"/>: a panel is [inputs][16] pairs, the weight of output j in the lower half of pair j and that of output
/// j + 16 in the upper, so that one shift and one mask make floats of both.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct BFloat16 : IFloatFormat
{
    static int IFloatFormat.RowBytes => PanelLayout.Width * sizeof(ushort);

    static WeightType IWeightFormat.Type => WeightType.BFloat16;

    static long IWeightFormat.PanelBytes(int inputs) => (long)inputs * PanelLayout.Width * sizeof(ushort);

    static bool IWeightFormat.Fits(float weight) => float.IsFinite(Widen(Narrow(weight)));

    static void IWeightFormat.Pack(ReadOnlySpan<float> row, byte* panel, int lane)
    {
        ushort* to = (ushort*)panel + HalfPanels.Place(lane);
        for (int input = 0; input < row.Length; input++)
        {
            to[(nint)input * PanelLayout.Width] = Narrow(row[input]);
        }
    }

    static void IWeightFormat.Unpack(byte* panel, int lane, float scale, Span<float> row)
    {
        ushort* from = (ushort*)panel + HalfPanels.Place(lane);
        for (int input = 0; input < row.Length; input++)
        {
            row[input] = scale * Widen(from[(nint)input * PanelLayout.Width]);
        }
    }

    static void IWeightFormat.Run<TEpilogue>(LinearJob* job, Workers? workers) => FloatLinear.Run<BFloat16, TEpilogue>(job, workers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IFloatFormat.LoadPair<V>(byte* weights, out V left, out V right) => V.LoadBFloat16Pairs((uint*)weights, out left, out right);

    /// <summary>The nearest bfloat16 of a finite float, ties to even.</summary>
    internal static ushort Narrow(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    /// <summary>The float that a bfloat16 stands for.</summary>
    internal static float Widen(ushort value) => BitConverter.UInt32BitsToSingle((uint)value << 16);
}
