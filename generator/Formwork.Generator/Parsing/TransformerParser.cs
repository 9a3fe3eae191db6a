using System.Globalization;
using Formwork.Generator.Diagnostics;
using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Generator.Parsing;

/// <summary>Turns one annotated class into a specification. Everything about symbols and syntax ends here.</summary>
internal static class TransformerParser
{
    /// <summary>The attribute that marks a declaration.</summary>
    public const string AttributeName = "Formwork.TransformerAttribute";

    /// <summary>C# 13 lets a ref struct implement an interface, which generated decoders need; older Roslyn has no name for it.</summary>
    private const int OldestLanguageVersion = 1300;

    /// <summary>Parses a declaration.</summary>
    public static ParseResult Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var diagnostics = new List<DiagnosticInfo>();
        var options = new AttributeOptions(context.Attributes[0], cancellation);
        TransformerSpec? spec = context.TargetNode is TypeDeclarationSyntax declaration && type.TypeKind == TypeKind.Class
            ? Parse(context, type, declaration, options, diagnostics)
            : null;
        bool isBroken = diagnostics.Any(static diagnostic => Descriptors.ById(diagnostic.Id).DefaultSeverity == DiagnosticSeverity.Error);
        return new(isBroken ? null : spec, new(diagnostics), options.Location);
    }

    private static TransformerSpec? Parse(
        GeneratorAttributeSyntaxContext context, INamedTypeSymbol type, TypeDeclarationSyntax declaration, AttributeOptions options, List<DiagnosticInfo> diagnostics)
    {
        if (((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion is var version && (int)version < OldestLanguageVersion)
        {
            diagnostics.Add(new("FW0004", new([version.ToDisplayString()]), options.Location));
        }

        TypeSpec? typeSpec = TypeParser.Parse(type, declaration, diagnostics);
        if (ParseFamily(context.Attributes[0], options, diagnostics) is not { } family)
        {
            return null;
        }

        var shapes = new ShapeParser(type.Name, family.Name, options, diagnostics);
        StackSpec? encoder = shapes.Stack("Encoder", "SourceLength");
        StackSpec? decoder = shapes.Stack("Decoder", "TargetLength");
        (int Source, int Target)? vocabularies = shapes.Vocabularies();
        if (typeSpec is null || encoder is null || decoder is null || vocabularies is not { } sizes || !shapes.Check(encoder, decoder))
        {
            return null;
        }

        var axes = new AxisParser(type.Name, family, options, diagnostics);
        EmbeddingSpec embedding = axes.Embedding(sizes.Source, sizes.Target);
        bool skipLocalsInit = context.SemanticModel.Compilation.Options is CSharpCompilationOptions { AllowUnsafe: true };
        return new(
            typeSpec,
            family.Name,
            encoder,
            decoder,
            sizes.Source,
            sizes.Target,
            axes.Norm(),
            axes.Positions(encoder, decoder),
            axes.Activation(),
            axes.Bias(),
            embedding,
            axes.Weights(embedding, encoder, decoder),
            axes.Tokens(sizes.Target),
            family.Names,
            axes.Options(skipLocalsInit, decoder));
    }

    private static FamilySpec? ParseFamily(AttributeData attribute, AttributeOptions options, List<DiagnosticInfo> diagnostics)
    {
        if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0].Value is not int value)
        {
            // The compiler already reports an attribute whose argument does not bind.
            return null;
        }

        FamilySpec? family = FamilySpec.All.FirstOrDefault(family => family.Value == value);
        if (family is null)
        {
            diagnostics.Add(new(
                "FW0107",
                new([$"Family {value.ToString(CultureInfo.InvariantCulture)}", "it names no known family; the families are " + string.Join(", ", FamilySpec.All.Select(static family => family.Name))]),
                options.Location));
        }

        return family;
    }
}
