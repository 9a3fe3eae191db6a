using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary><see cref="WeightType.Float16"/>: laid out like <see cref="BFloat16"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Float16 : IFloatFormat
{
    static int IFloatFormat.RowBytes => PanelLayout.Width * sizeof(ushort);

    static WeightType IWeightFormat.Type => WeightType.Float16;

    static long IWeightFormat.PanelBytes(int inputs) => (long)inputs * PanelLayout.Width * sizeof(ushort);

    static bool IWeightFormat.Fits(float weight) => Half.IsFinite((Half)weight);

    static void IWeightFormat.Pack(ReadOnlySpan<float> row, byte* panel, int lane)
    {
        ushort* to = (ushort*)panel + HalfPanels.Place(lane);
        for (int input = 0; input < row.Length; input++)
        {
            to[(nint)input * PanelLayout.Width] = BitConverter.HalfToUInt16Bits((Half)row[input]);
        }
    }

    static void IWeightFormat.Unpack(byte* panel, int lane, float scale, Span<float> row)
    {
        ushort* from = (ushort*)panel + HalfPanels.Place(lane);
        for (int input = 0; input < row.Length; input++)
        {
            row[input] = scale * (float)BitConverter.UInt16BitsToHalf(from[(nint)input * PanelLayout.Width]);
        }
    }

    static void IWeightFormat.Run<TEpilogue>(LinearJob* job, Workers? workers) => FloatLinear.Run<Float16, TEpilogue>(job, workers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IFloatFormat.LoadPair<V>(byte* weights, out V left, out V right) => V.LoadFloat16Pairs((uint*)weights, out left, out right);
}
