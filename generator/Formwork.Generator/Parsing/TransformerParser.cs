using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Parsing;

/// <summary>Reads one annotated class. Everything about symbols and syntax ends here.</summary>
internal static class TransformerParser
{
    /// <summary>The attribute that marks a declaration.</summary>
    public const string AttributeName = "Formwork.TransformerAttribute";

    /// <summary>C# 13 lets a ref struct implement an interface, which generated decoders need; older Roslyn has no name for it.</summary>
    private const int OldestLanguageVersion = 1300;

    /// <summary>Parses a declaration.</summary>
    public static Declaration Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        AttributeData attribute = context.Attributes[0];
        LocationInfo? location = attribute.ApplicationSyntaxReference is { } reference ? LocationInfo.From(reference) : null;
        var diagnostics = new List<DiagnosticInfo>();
        TypeSpec? typeSpec = null;
        TypedConstant source = default;
        if (context.TargetNode is TypeDeclarationSyntax declaration && type.TypeKind == TypeKind.Class)
        {
            typeSpec = TypeParser.Parse(type, declaration, diagnostics);
            if (((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion is var version && (int)version < OldestLanguageVersion)
            {
                diagnostics.Add(new("FW0004", new([version.ToDisplayString()]), location));
            }

            // The compiler already reports an attribute whose argument does not bind.
            source = attribute.ConstructorArguments.Length == 1 ? attribute.ConstructorArguments[0] : default;
        }

        return new(
            type.Name,
            typeSpec,
            source.Kind == TypedConstantKind.Enum ? source.Value as int? : null,
            source.Type?.SpecialType == SpecialType.System_String ? source.Value as string ?? string.Empty : null,
            AttributeReader.Read(attribute, cancellation),
            location,
            ConfigPlace(attribute, cancellation) ?? location,
            context.SemanticModel.Compilation.Options is CSharpCompilationOptions { AllowUnsafe: true },
            new(diagnostics));
    }

    private static LocationInfo? ConfigPlace(AttributeData attribute, CancellationToken cancellation)
    {
        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        AttributeArgumentSyntax? argument = syntax?.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameEquals is null);
        return argument is null ? null : LocationInfo.From(argument.GetLocation());
    }
}
