using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary><see cref="WeightType.Float32"/>: a panel is [inputs][32] floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Float32 : IFloatFormat
{
    static int IFloatFormat.RowBytes => PanelLayout.Width * sizeof(float);

    static WeightType IWeightFormat.Type => WeightType.Float32;

    static long IWeightFormat.PanelBytes(int inputs) => (long)inputs * PanelLayout.Width * sizeof(float);

    static bool IWeightFormat.Fits(float weight) => true;

    static void IWeightFormat.Pack(ReadOnlySpan<float> row, byte* panel, int lane)
    {
        float* to = (float*)panel + lane;
        for (int input = 0; input < row.Length; input++)
        {
            to[(nint)input * PanelLayout.Width] = row[input];
        }
    }

    static void IWeightFormat.Unpack(byte* panel, int lane, float scale, Span<float> row)
    {
        float* from = (float*)panel + lane;
        for (int input = 0; input < row.Length; input++)
        {
            row[input] = scale * from[(nint)input * PanelLayout.Width];
        }
    }

    static void IWeightFormat.Run<TEpilogue>(LinearJob* job, Workers? workers) => FloatLinear.Run<Float32, TEpilogue>(job, workers);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IFloatFormat.LoadPair<V>(byte* weights, out V left, out V right)
    {
        left = V.Load((float*)weights);
        right = V.Load((float*)weights + PanelLayout.Half);
    }
}
