using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="WeightType.Int8"/>: a panel is [inputs / 4][32][4] bytes, padded with zeros to whole pairs of four inputs, then 32 scales.
/// A weight is its byte times its output's scale, which is the largest magnitude of the output's weights / 127.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Int8 : IQuantizedFormat
{
    /// <summary>Inputs that lie together for one output: what one 32-bit lane multiplies and adds at once.</summary>
    internal const int Group = 4;

    /// <summary>The largest magnitude of a quantised weight or activation.</summary>
    internal const int Largest = 127;

    /// <summary>Bytes of four inputs of a panel.</summary>
    internal const int GroupBytes = PanelLayout.Width * Group;

    private const int ScaleBytes = PanelLayout.Width * sizeof(float);

    static WeightType IWeightFormat.Type => WeightType.Int8;

    static long IWeightFormat.PanelBytes(int inputs) => ((long)PaddedInputs(inputs) * PanelLayout.Width) + ScaleBytes;

    static bool IWeightFormat.Fits(float weight) => true;

    static void IWeightFormat.Pack(ReadOnlySpan<float> row, byte* panel, int lane)
    {
        float scale = Quantizer.Magnitude(row) / Largest;
        float inverse = scale > Quantizer.Smallest ? 1 / scale : 0;
        sbyte* to = (sbyte*)panel + (lane * Group);
        for (int input = 0; input < row.Length; input++)
        {
            to[((nint)(input / Group) * GroupBytes) + (input % Group)] = (sbyte)MathF.Round(row[input] * inverse);
        }

        ScalesOf(panel, row.Length)[lane] = inverse == 0 ? 0 : scale;
    }

    static void IWeightFormat.Unpack(byte* panel, int lane, float scale, Span<float> row)
    {
        sbyte* from = (sbyte*)panel + (lane * Group);
        scale *= ScalesOf(panel, row.Length)[lane];
        for (int input = 0; input < row.Length; input++)
        {
            row[input] = scale * from[((nint)(input / Group) * GroupBytes) + (input % Group)];
        }
    }

    static void IWeightFormat.Run<TEpilogue>(LinearJob* job, Workers? workers) => QuantizedLinear.Run<Int8, TEpilogue>(job, workers);

    static int IQuantizedFormat.MostRows<V>() => Int8Tile.MostRows<V>();

    // Magnitudes and signs.
    static nint IQuantizedFormat.RowBytes(nint inputs) => 2 * PaddedInputs((int)inputs);

    static int IQuantizedFormat.StartsOf(nint inputs) => 1;

    static void IQuantizedFormat.Quantize<V, I>(float* x, nint inputs, float inverse, byte* to, int* starts) =>
        *starts = QuantizedActivations.WriteMagnitudesAndSigns<V, I>(x, inputs, PaddedInputs((int)inputs), inverse, to);

    static void IQuantizedFormat.Row<V, I, TEpilogue>(QuantizedRows x, nint inputs, byte* weights, nint panelBytes, nint panels, float* bias, float* y) =>
        Int8Row<V, I, TEpilogue>.Run(x, inputs, weights, panelBytes, panels, bias, y);

    static void IQuantizedFormat.Tile<V, I, TEpilogue>(int rows, QuantizedRows x, nint inputs, byte* weights, float* bias, float* y, nint stride) =>
        Int8Tile.Run<V, I, TEpilogue>(rows, x, inputs, weights, bias, y, stride);

    /// <summary>Inputs rounded up to what the kernel takes in one step: two groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int PaddedInputs(int inputs) => (inputs + (2 * Group) - 1) & ~((2 * Group) - 1);

    /// <summary>The 32 scales of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float* ScalesOf(byte* panel, nint inputs) => (float*)(panel + ((nint)PaddedInputs((int)inputs) * PanelLayout.Width));
}
