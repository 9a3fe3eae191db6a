using System.ComponentModel;
using System.Runtime.CompilerServices;
using Formwork.Threading;

namespace Formwork.Kernels;

/// <summary>
/// <see cref="WeightType.Int4"/>: a panel is [inputs / 32] groups, each of 512 bytes of weights and 32 scales of 16 bits. Bytes lie as for
/// <see cref="Int8"/>, [4][32][4], and hold two weights: of the inputs 8p .. 8p + 3 in the lower halves and 8p + 4 .. 8p + 7 in the upper ones
/// of the p-th. A weight is its half byte less 8, times its scale, a bfloat16; scales lie in pairs like <see cref="BFloat16"/>'s weights.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Int4 : IQuantizedFormat
{
    /// <summary>Inputs that share a scale.</summary>
    internal const int Group = 32;

    /// <summary>What is added to a weight to make its half byte.</summary>
    internal const int Zero = 8;

    /// <summary>Bytes of weights in a group of a panel.</summary>
    internal const int WeightBytes = PanelLayout.Width * Group / 2;

    /// <summary>Bytes of a group of a panel.</summary>
    internal const int GroupBytes = WeightBytes + (PanelLayout.Width * sizeof(ushort));

    private const int Quad = Int8.Group;

    static WeightType IWeightFormat.Type => WeightType.Int4;

    static long IWeightFormat.PanelBytes(int inputs) => (long)GroupsOf(inputs) * GroupBytes;

    static bool IWeightFormat.Fits(float weight) => true;

    [SkipLocalsInit]
    static void IWeightFormat.Pack(ReadOnlySpan<float> row, byte* panel, int lane)
    {
        Span<float> values = stackalloc float[Group];
        Span<sbyte> weights = stackalloc sbyte[Group];
        for (int input = 0; input < row.Length; input += Group, panel += GroupBytes)
        {
            ReadOnlySpan<float> group = row.Slice(input, Math.Min(Group, row.Length - input));
            values.Clear();
            group.CopyTo(values);
            Scales(panel)[HalfPanels.Place(lane)] = Int4Quantizer.Quantize(values, weights);
            for (int k = 0; k < Group; k++)
            {
                byte* to = panel + Place(lane, k);
                int half = weights[k] + Zero;
                *to = (byte)(IsUpper(k) ? (*to & 0x0f) | (half << 4) : (*to & 0xf0) | half);
            }
        }
    }

    static void IWeightFormat.Unpack(byte* panel, int lane, float scale, Span<float> row)
    {
        for (int input = 0; input < row.Length; input++)
        {
            byte* group = panel + ((nint)(input / Group) * GroupBytes);
            int k = input % Group;
            int both = group[Place(lane, k)];
            int weight = (IsUpper(k) ? both >> 4 : both & 0x0f) - Zero;
            row[input] = scale * BFloat16.Widen(Scales(group)[HalfPanels.Place(lane)]) * weight;
        }
    }

    static void IWeightFormat.Run<TEpilogue>(LinearJob* job, Workers? workers) => QuantizedLinear.Run<Int4, TEpilogue>(job, workers);

    static int IQuantizedFormat.MostRows<V>() => Int4Tile.MostRows<V>();

    static nint IQuantizedFormat.RowBytes(nint inputs) => (nint)GroupsOf(inputs) * Group;

    static int IQuantizedFormat.StartsOf(nint inputs) => GroupsOf(inputs);

    static void IQuantizedFormat.Quantize<V, I>(float* x, nint inputs, float inverse, byte* to, int* starts) =>
        QuantizedActivations.WriteBytes<V, I>(x, inputs, GroupsOf(inputs), inverse, to, starts);

    static void IQuantizedFormat.Row<V, I, TEpilogue>(QuantizedRows x, nint inputs, byte* weights, nint panelBytes, nint panels, float* bias, float* y)
    {
        for (nint panel = 0; panel < panels; panel++)
        {
            nint output = panel * PanelLayout.Width;
            Int4Tile.Run<V, I, TEpilogue>(1, x, inputs, weights + (panel * panelBytes), bias == null ? null : bias + output, y + output, 0);
        }
    }

    static void IQuantizedFormat.Tile<V, I, TEpilogue>(int rows, QuantizedRows x, nint inputs, byte* weights, float* bias, float* y, nint stride) =>
        Int4Tile.Run<V, I, TEpilogue>(rows, x, inputs, weights, bias, y, stride);

    /// <summary>Groups of a row, the last filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int GroupsOf(nint inputs) => (int)((inputs + Group - 1) / Group);

    private static ushort* Scales(byte* group) => (ushort*)(group + WeightBytes);

    private static bool IsUpper(int k) => k % (2 * Quad) >= Quad;

    private static int Place(int lane, int k) => (k / (2 * Quad) * Int8.GroupBytes) + (lane * Quad) + (k % Quad);
}
