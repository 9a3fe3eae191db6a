using Microsoft.CodeAnalysis.CSharp;

namespace Formwork.Generator.Parsing;

/// <summary>Writes names as C# identifiers.</summary>
internal static class Identifiers
{
    /// <summary>A keyword used as a name keeps its <c>@</c>.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None && name != "extension"
        ? name
        : "@" + name;
}
