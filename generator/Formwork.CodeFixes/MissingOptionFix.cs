using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.CodeFixes;

/// <summary>FW0003: adds the options that are missing, as zeros: sizes cannot be guessed, and FW0102 points at each until it is filled in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MissingOptionFix))]
[Shared]
public sealed class MissingOptionFix : CodeFixProvider
{
    private const string Id = "FW0003";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Id];

    /// <summary>None: one fix adds all options that an attribute lacks.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        string[] options = [.. context.Diagnostics.Select(static diagnostic => FixProperties.Value(diagnostic, "Option")).OfType<string>().Distinct()];
        if (options.Length > 0 && root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>()?.ArgumentList is { } list)
        {
            string title = $"Add '{string.Join("', '", options)}', to be filled in";
            FixText.Offer(context, context.Diagnostics[0], title, Id, OptionText.Append(list, string.Join(", ", options.Select(static option => option + " = 0"))));
        }
    }
}
