using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Tool.Declarations;

/// <summary>Finds <c>[Transformer]</c> by syntax: what else is in the file may not compile here.</summary>
internal static class TransformerAttributes
{
    private const string Suffix = "Attribute";
    private static readonly string FullName = typeof(TransformerAttribute).Name;
    private static readonly string ShortName = FullName[..^Suffix.Length];

    /// <summary>The classes that carry it, in the order of the file.</summary>
    public static IEnumerable<(ClassDeclarationSyntax Class, AttributeSyntax Attribute)> Find(CompilationUnitSyntax root)
    {
        HashSet<string> names = [ShortName, FullName, .. Aliases(root)];
        foreach (ClassDeclarationSyntax declaration in root.DescendantNodes().OfType<ClassDeclarationSyntax>())
        {
            if (declaration.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(attribute => names.Contains(Last(attribute.Name))) is { } found)
            {
                yield return (declaration, found);
            }
        }
    }

    private static IEnumerable<string> Aliases(CompilationUnitSyntax root) => root.DescendantNodes()
        .OfType<UsingDirectiveSyntax>()
        .Where(static directive => directive is { Alias: not null, Name: { } name } && Last(name) == FullName)
        .Select(static directive => directive.Alias!.Name.Identifier.ValueText);

    private static string Last(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => name.ToString(),
    };
}
