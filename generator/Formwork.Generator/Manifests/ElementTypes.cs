namespace Formwork.Generator.Manifests;

/// <summary>The element types of safetensors: what the runtime's <c>SafetensorsDTypes</c> says, repeated here because the generator cannot call it.</summary>
internal static class ElementTypes
{
    /// <summary>All types, by their names in a file.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "BOOL", "F4", "F6_E2M3", "F6_E3M2", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ",
        "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "C64", "F64", "I64", "U64",
    ];

    /// <summary>Whether a file may hold the type.</summary>
    public static bool IsKnown(string type) => All.Contains(type);

    /// <summary>Whether weights are loaded from the type.</summary>
    public static bool IsReadable(string type) => type is "F32" or "F16" or "BF16";
}
