using Formwork.Generator.Model;

namespace Formwork.Generator.Lowering;

/// <summary>The size of a packed matrix: what the runtime's weight formats say, repeated here because the generator cannot call them.</summary>
internal static class PackedMatrix
{
    /// <summary>Outputs side by side in a panel: the runtime's <c>PanelLayout.Width</c>.</summary>
    private const int PanelWidth = 32;

    /// <summary>Outputs rounded up to whole panels.</summary>
    public static long PaddedOutputs(long outputs) => (outputs + PanelWidth - 1) / PanelWidth * PanelWidth;

    /// <summary>Bytes of a packed matrix.</summary>
    public static long Bytes(WeightType type, long outputs, long inputs) => PaddedOutputs(outputs) / PanelWidth * PanelBytes(type, inputs);

    private static long PanelBytes(WeightType type, long inputs) => type switch
    {
        WeightType.Float32 => inputs * PanelWidth * 4,
        WeightType.BFloat16 or WeightType.Float16 => inputs * PanelWidth * 2,
        WeightType.Int8 => (((inputs + 7) / 8 * 8) + 4) * PanelWidth,
        _ => (inputs + 31) / 32 * ((32 / 2) + 2) * PanelWidth,
    };
}
