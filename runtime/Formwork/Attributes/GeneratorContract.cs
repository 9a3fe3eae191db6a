using System.ComponentModel;

namespace Formwork;

/// <summary>
/// The version of the calls between generated code and this runtime. Generated code names the constant of the version it was written
/// for, so a generator and a runtime that do not belong together stop at compile time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratorContract
{
    /// <summary>Present while this runtime offers version 5.</summary>
    public const int GeneratorAndRuntimeMatchAtVersion5 = 5;
}
