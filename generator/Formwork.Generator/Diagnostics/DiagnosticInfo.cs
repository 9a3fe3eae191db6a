using Formwork.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Generator.Diagnostics;

/// <summary>A diagnostic as plain, value-equal data: it holds no syntax tree, so caching it keeps no compilation alive.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Arguments">What its message is filled with.</param>
/// <param name="Location">Where it is reported.</param>
internal sealed record DiagnosticInfo(string Id, EquatableArray<string> Arguments, LocationInfo? Location)
{
    /// <summary>The diagnostic with a location in one of the compilation's own trees, so that <c>#pragma warning disable</c> applies to it.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation) =>
        Diagnostic.Create(Descriptors.ById(Id), Location?.ToLocation(compilation), Arguments.ToArray<object>());

    /// <summary>The diagnostic without a place in source.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptors.ById(Id), location: null, Arguments.ToArray<object>());
}

/// <summary>A location as plain data.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Start">The first character.</param>
/// <param name="Length">Number of characters.</param>
internal sealed record LocationInfo(string Path, int Start, int Length)
{
    /// <summary>Takes the place of a piece of syntax.</summary>
    public static LocationInfo From(SyntaxReference syntax) => new(syntax.SyntaxTree.FilePath, syntax.Span.Start, syntax.Span.Length);

    /// <summary>Takes a location in source.</summary>
    public static LocationInfo? From(Location location) => location.SourceTree is { } tree
        ? new(tree.FilePath, location.SourceSpan.Start, location.SourceSpan.Length)
        : null;

    public Location? ToLocation(Compilation compilation)
    {
        SyntaxTree? tree = compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == Path);
        return tree is null || Start + Length > tree.Length ? null : Microsoft.CodeAnalysis.Location.Create(tree, new TextSpan(Start, Length));
    }
}
