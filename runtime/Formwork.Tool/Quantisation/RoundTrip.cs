using System.Runtime.InteropServices;
using Formwork.Kernels;

namespace Formwork.Tool.Quantisation;

/// <summary>The round trip of one format. A row's packing does not depend on the others of its panel, so one lane is enough.</summary>
internal sealed unsafe class RoundTrip<TFormat> : SafeHandle, IRoundTrip
    where TFormat : unmanaged, IWeightFormat
{
    private const int Lane = 0;
    private const nuint CacheLine = 64;

    /// <summary>Makes room for one panel.</summary>
    public RoundTrip(int columns)
        : base(0, ownsHandle: true)
    {
        nuint bytes = (nuint)TFormat.PanelBytes(columns);
        handle = (nint)NativeMemory.AlignedAlloc(bytes, CacheLine);
        NativeMemory.Clear((void*)handle, bytes);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<float> row, Span<float> unpacked)
    {
        byte* panel = (byte*)handle;
        TFormat.Pack(row, panel, Lane);
        TFormat.Unpack(panel, Lane, scale: 1, unpacked);
        return typeof(TFormat) == typeof(Int4) ? BeyondGroups(row, panel) : BeyondFormat(row);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }

    private static int BeyondFormat(ReadOnlySpan<float> row)
    {
        int beyond = 0;
        foreach (float weight in row)
        {
            beyond += TFormat.Fits(weight) ? 0 : 1;
        }

        return beyond;
    }

    /// <summary>Weights that rounding would take to more than 7 or less than −8 times their group's scale, which is chosen for the least squared error.</summary>
    private static int BeyondGroups(ReadOnlySpan<float> row, byte* panel)
    {
        const float Lowest = -8.5f;
        const float Highest = 7.5f;
        int beyond = 0;
        for (int input = 0; input < row.Length; input++)
        {
            byte* group = panel + ((nint)(input / Int4.Group) * Int4.GroupBytes);
            float scale = BFloat16.Widen(((ushort*)(group + Int4.WeightBytes))[HalfPanels.Place(Lane)]);
            beyond += scale != 0 && row[input] / scale is < Lowest or > Highest ? 1 : 0;
        }

        return beyond;
    }
}
