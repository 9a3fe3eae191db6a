namespace Formwork.Tool.Inspection;

/// <summary>The order of tensors in a list.</summary>
internal enum TensorOrder
{
    /// <summary>As their bytes lie in the file.</summary>
    File,

    /// <summary>By name, ordinal.</summary>
    Name,

    /// <summary>The largest first.</summary>
    Size,
}
