using Formwork.Weights;

namespace Formwork.Tool.Files;

/// <summary>Element types as the safetensors format spells them.</summary>
internal static class DTypeNames
{
    /// <summary>The name of a type: <c>F16</c>, <c>BOOL</c>, <c>F8_E4M3</c>.</summary>
    public static string Of(SafetensorsDType type) => type switch
    {
        SafetensorsDType.Bool => "BOOL",
        SafetensorsDType.F6E2M3 => "F6_E2M3",
        SafetensorsDType.F6E3M2 => "F6_E3M2",
        SafetensorsDType.F8E5M2 => "F8_E5M2",
        SafetensorsDType.F8E4M3 => "F8_E4M3",
        SafetensorsDType.F8E8M0 => "F8_E8M0",
        SafetensorsDType.F8E4M3Fnuz => "F8_E4M3FNUZ",
        SafetensorsDType.F8E5M2Fnuz => "F8_E5M2FNUZ",
        _ => type.ToString(),
    };
}
