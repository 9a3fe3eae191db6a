using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Tool.Declarations;

/// <summary>The constants of a file that an attribute's arguments are computed from.</summary>
internal static class UsedConstants
{
    /// <summary>The fields to keep: those named in the attribute, and those named in their values.</summary>
    public static HashSet<FieldDeclarationSyntax> Of(CompilationUnitSyntax root, AttributeSyntax attribute)
    {
        ILookup<string, FieldDeclarationSyntax> constants = root.DescendantNodes()
            .OfType<FieldDeclarationSyntax>()
            .Where(static field => field.Modifiers.Any(SyntaxKind.ConstKeyword))
            .SelectMany(static field => field.Declaration.Variables.Select(variable => (Name: variable.Identifier.ValueText, Field: field)))
            .ToLookup(static constant => constant.Name, static constant => constant.Field);
        HashSet<FieldDeclarationSyntax> used = [];
        var left = new Stack<SyntaxNode>([attribute]);
        while (left.TryPop(out SyntaxNode? node))
        {
            foreach (FieldDeclarationSyntax field in node.DescendantNodes().OfType<IdentifierNameSyntax>().SelectMany(name => constants[name.Identifier.ValueText]))
            {
                if (used.Add(field))
                {
                    left.Push(field);
                }
            }
        }

        return used;
    }
}
