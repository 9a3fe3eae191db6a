using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.CodeFixes;

/// <summary>FW0101: sets a head count that divides the width, or says how wide a head is where the heads together are not as wide as the model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HeadCountFix))]
[Shared]
public sealed class HeadCountFix : CodeFixProvider
{
    private const string Id = "FW0101";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Id];

    /// <summary>None: which head count is right is a question to each model.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);

        // Both stacks may complain about one number; it is offered once.
        Diagnostic diagnostic = context.Diagnostics[0];
        if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeArgumentSyntax>() is not { NameEquals: { } name, Parent: AttributeArgumentListSyntax list } argument)
        {
            return;
        }

        string option = name.Name.Identifier.ValueText;
        foreach (string heads in FixProperties.List(diagnostic, "Heads"))
        {
            FixText.Offer(context, diagnostic, $"Set '{option} = {heads}'", $"{Id} {heads}", new TextChange(argument.Expression.Span, heads));
        }

        foreach (string width in FixProperties.List(diagnostic, "HeadDim"))
        {
            FixText.Offer(context, diagnostic, $"Add 'HeadDim = {width}', to be corrected", $"{Id} HeadDim", OptionText.Append(list, $"HeadDim = {width}"));
        }
    }
}
