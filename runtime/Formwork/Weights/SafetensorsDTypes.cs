namespace Formwork.Weights;

/// <summary>The names and the sizes of the element types.</summary>
internal static class SafetensorsDTypes
{
    /// <summary>The longest name of an element type in the format.</summary>
    public const int LongestName = 11;

    /// <summary>The type of a name in a file; names are case-sensitive.</summary>
    public static bool TryParse(string name, out SafetensorsDType dtype)
    {
        SafetensorsDType? parsed = name switch
        {
            "BOOL" => SafetensorsDType.Bool,
            "F4" => SafetensorsDType.F4,
            "F6_E2M3" => SafetensorsDType.F6E2M3,
            "F6_E3M2" => SafetensorsDType.F6E3M2,
            "U8" => SafetensorsDType.U8,
            "I8" => SafetensorsDType.I8,
            "F8_E5M2" => SafetensorsDType.F8E5M2,
            "F8_E4M3" => SafetensorsDType.F8E4M3,
            "F8_E8M0" => SafetensorsDType.F8E8M0,
            "F8_E4M3FNUZ" => SafetensorsDType.F8E4M3Fnuz,
            "F8_E5M2FNUZ" => SafetensorsDType.F8E5M2Fnuz,
            "I16" => SafetensorsDType.I16,
            "U16" => SafetensorsDType.U16,
            "F16" => SafetensorsDType.F16,
            "BF16" => SafetensorsDType.BF16,
            "I32" => SafetensorsDType.I32,
            "U32" => SafetensorsDType.U32,
            "F32" => SafetensorsDType.F32,
            "C64" => SafetensorsDType.C64,
            "F64" => SafetensorsDType.F64,
            "I64" => SafetensorsDType.I64,
            "U64" => SafetensorsDType.U64,
            _ => null,
        };
        dtype = parsed.GetValueOrDefault();
        return parsed is not null;
    }

    /// <summary>Bits of one element.</summary>
    public static int Bits(this SafetensorsDType dtype) => dtype switch
    {
        SafetensorsDType.F4 => 4,
        SafetensorsDType.F6E2M3 or SafetensorsDType.F6E3M2 => 6,
        SafetensorsDType.I16 or SafetensorsDType.U16 or SafetensorsDType.F16 or SafetensorsDType.BF16 => 16,
        SafetensorsDType.I32 or SafetensorsDType.U32 or SafetensorsDType.F32 => 32,
        SafetensorsDType.C64 or SafetensorsDType.F64 or SafetensorsDType.I64 or SafetensorsDType.U64 => 64,
        _ => 8,
    };

    /// <summary>Whether the elements can be read as floats without loss.</summary>
    public static bool IsReadableAsFloat(this SafetensorsDType dtype) =>
        dtype is SafetensorsDType.F32 or SafetensorsDType.F16 or SafetensorsDType.BF16;
}
