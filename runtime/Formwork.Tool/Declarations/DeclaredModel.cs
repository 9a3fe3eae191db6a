using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Tool.Declarations;

/// <summary>A class with <c>[Transformer]</c>, as it stands in a source file.</summary>
/// <param name="FullName">Its name with its namespace and the types around it, separated by dots.</param>
/// <param name="MetadataName">The same as reflection has it, with <c>+</c> between types.</param>
/// <param name="Class">The class.</param>
/// <param name="Attribute">Its attribute.</param>
internal sealed record DeclaredModel(string FullName, string MetadataName, ClassDeclarationSyntax Class, AttributeSyntax Attribute)
{
    /// <summary>Whether a name given by the user means this class: its whole name, or the end of it.</summary>
    public bool Answers(string name) => $".{FullName}".EndsWith('.' + name.Replace('+', '.'), StringComparison.Ordinal);
}
