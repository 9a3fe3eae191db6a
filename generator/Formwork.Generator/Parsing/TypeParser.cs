using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Parsing;

/// <summary>Reads the declared class and the types around it.</summary>
internal static class TypeParser
{
    /// <summary>Describes the class, or reports why generated code cannot be added to it.</summary>
    public static TypeSpec? Parse(INamedTypeSymbol type, TypeDeclarationSyntax declaration, List<DiagnosticInfo> diagnostics)
    {
        LocationInfo? location = LocationInfo.From(declaration.Identifier.GetLocation());
        foreach (TypeDeclarationSyntax part in declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            if (!part.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                string name = part.Identifier.ValueText;
                diagnostics.Add(new("FW0001", new([name, $"{Modifiers(part)}partial {Keyword(part)} {name}"]), LocationInfo.From(part.Identifier.GetLocation())));
            }
        }

        if (Refusal(type) is { } reason)
        {
            diagnostics.Add(new("FW0002", new([type.Name, reason, type.Name]), location));
        }

        if (diagnostics.Count > 0)
        {
            return null;
        }

        string[] containers = declaration.Ancestors().OfType<TypeDeclarationSyntax>()
            .Select(static part => $"partial {Keyword(part)} {Identifiers.Escape(part.Identifier.ValueText)}")
            .Reverse()
            .ToArray();
        return new(Namespace(type.ContainingNamespace), Identifiers.Escape(type.Name), new(containers));
    }

    private static string? Refusal(INamedTypeSymbol type)
    {
        if (type.IsFileLocal || Containers(type).Any(static container => container.IsFileLocal))
        {
            return "file-local";
        }

        if (type.IsGenericType)
        {
            return "generic, or inside a generic type";
        }

        if (type.IsStatic)
        {
            return "static";
        }

        if (type.IsAbstract)
        {
            return "abstract";
        }

        if (type.IsRecord)
        {
            return "a record";
        }

        return type.InstanceConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared) ? "a class with a constructor of its own" : null;
    }

    private static string Namespace(INamespaceSymbol space) => space.IsGlobalNamespace
        ? string.Empty
        : space.ContainingNamespace.IsGlobalNamespace ? Identifiers.Escape(space.Name) : $"{Namespace(space.ContainingNamespace)}.{Identifiers.Escape(space.Name)}";

    private static IEnumerable<INamedTypeSymbol> Containers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            yield return container;
        }
    }

    private static string Modifiers(TypeDeclarationSyntax part) => string.Concat(part.Modifiers.Select(static modifier => modifier.ValueText + " "));

    private static string Keyword(TypeDeclarationSyntax part) => part is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record
        ? $"{record.Keyword.ValueText} {record.ClassOrStructKeyword.ValueText}"
        : part.Keyword.ValueText;
}
