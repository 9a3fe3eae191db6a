namespace Formwork.Generator.Lowering;

/// <summary>Turns names into the case that their place wants.</summary>
internal static class Identifier
{
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
