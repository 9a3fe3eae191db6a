namespace Formwork.Weights;

/// <summary>The element types of the safetensors format; names and sizes are those of its reference implementation
/// (<see href="https://github.com/huggingface/safetensors"/>, <c>Dtype</c>).</summary>
public enum SafetensorsDType
{
    /// <summary>A truth value, 8 bits.</summary>
    Bool,

    /// <summary>4-bit float, two to a byte (<c>F4</c>, OCP MX).</summary>
    F4,

    /// <summary>6-bit float with 2 exponent and 3 mantissa bits (<c>F6_E2M3</c>, OCP MX).</summary>
    F6E2M3,

    /// <summary>6-bit float with 3 exponent and 2 mantissa bits (<c>F6_E3M2</c>, OCP MX).</summary>
    F6E3M2,

    /// <summary>Unsigned 8-bit integer.</summary>
    U8,

    /// <summary>Signed 8-bit integer.</summary>
    I8,

    /// <summary>8-bit float with 5 exponent and 2 mantissa bits (<c>F8_E5M2</c>).</summary>
    F8E5M2,

    /// <summary>8-bit float with 4 exponent and 3 mantissa bits (<c>F8_E4M3</c>).</summary>
    F8E4M3,

    /// <summary>8-bit power of two (<c>F8_E8M0</c>).</summary>
    F8E8M0,

    /// <summary><c>F8_E4M3FNUZ</c>: finite, without a negative zero.</summary>
    F8E4M3Fnuz,

    /// <summary><c>F8_E5M2FNUZ</c>: finite, without a negative zero.</summary>
    F8E5M2Fnuz,

    /// <summary>Signed 16-bit integer.</summary>
    I16,

    /// <summary>Unsigned 16-bit integer.</summary>
    U16,

    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper half of an IEEE 754 binary32.</summary>
    BF16,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Unsigned 32-bit integer.</summary>
    U32,

    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>Two binary32: a complex number.</summary>
    C64,

    /// <summary>IEEE 754 binary64.</summary>
    F64,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Unsigned 64-bit integer.</summary>
    U64,
}
